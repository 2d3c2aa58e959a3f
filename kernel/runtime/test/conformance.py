"""Jupyter's own conformance suite against the Cygnet kernel. Run by conformance.test.ts, which installs the kernelspec."""
import unittest

import jupyter_kernel_test


class CygnetKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "cygnet"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    code_stdin = "await input('name: ')"
    completion_samples = [
        {"text": "conso", "matches": {"console"}},
        {"text": "Math.sq", "matches": {"sqrt"}},
        {"text": "'x'.toUpper", "matches": {"toUpperCase"}},
    ]
    complete_code_samples = ["1", "const a = 1;", "function f() {\n  return 1;\n}", "const s = `a\nb`"]
    incomplete_code_samples = ["function f() {", "const s = `a", "if (true) {\n  1;", "[1, 2,"]
    invalid_code_samples = ["const = 1", "import 7q"]
    code_page_something = ""
    code_generate_error = "throw new Error('planned')"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "'a' + 1", "result": "'a1'"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
    ]
    code_display_data = [
        {"code": "display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'image/png': 'AAAA' }) })", "mime": "image/png"},
    ]
    code_history_pattern = "1?+*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_clear_output = "display.clear()"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
