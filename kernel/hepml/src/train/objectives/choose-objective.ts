import type { Task } from '../../models/index.ts';
import type { Sample } from '../sample.ts';
import { classesObjective } from './classes-objective.ts';
import type { Objective } from './objective.ts';
import { regressionObjective } from './regression-objective.ts';
import { signalObjective } from './signal-objective.ts';

/** The loss of a task, and what goes with it. */
export const chooseObjective = (task: Task, training: Sample): Objective => {
  switch (task.kind) {
    case 'signal':
      return signalObjective;
    case 'classes':
      return classesObjective(task.classes.length);
    case 'regression':
      return regressionObjective(task, training);
  }
};
