// formgrader waits for MathJax to say that it is done before it takes keys. The course has no formulas,
// so nothing is fetched from anybody: this says so at once.
window.MathJax = { Hub: { Startup: { signal: { Interest: (told) => told("End") } } } };
