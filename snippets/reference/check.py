"""Check a program in this process, here one with a known mistake."""

from dlcourse.exercises.catalog import find_exercise, load_exercises
from dlcourse.exercises.grading import Program, grade, load_check

exercise = find_exercise("neuron/weighted_sum", load_exercises())
source = exercise.read("wrong_no_bias.py")
program = Program(exercise.id, "weighted_sum.py", source.encode())
verdict = grade(load_check(exercise.folder), program, seed=0)
print("passed:", verdict.passed)
print("the mistake:", verdict.key)
