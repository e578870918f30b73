"""Every problem that a user can fix belongs to one family of exceptions."""

from dlcourse.data.images import open_image
from dlcourse.errors import DLCourseError

try:
    open_image("seven.png")
except DLCourseError as error:
    print("problem:", error.problem)
    print("remedy: ", error.remedy)
    print("exit code on the command line:", error.exit_code)
