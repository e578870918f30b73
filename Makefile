# Every word here is done by tasks.py, which Windows users call directly: python tasks.py serve
PYTHON ?= python3

.PHONY: serve edit test check soak bench mutate outputs
serve:    ## build the course, labs executed, and serve it on 127.0.0.1
edit:     ## live reload for authors, labs not executed
test:     ## everything the course promises that needs no browser
check:    ## what needs Chromium: behaviour, accessibility, budgets
soak:     ## the long counts; those of the pages in Chromium
bench:    ## the Trainer beside other training loops
mutate:   ## changes of the package that no test notices; ARGS=scratch tries one entry
outputs:  ## run every snippet and rewrite what it printed and drew

serve edit test check soak bench mutate outputs:
	@PIP_FLAGS="$(PIP_FLAGS)" $(PYTHON) tasks.py $@ $(ARGS)
