# Writes neuro.csv from the data set neuro of the R package boot. Run inside sample-data: Rscript neuro.R
suppressPackageStartupMessages(library(boot))

rows <- lapply(seq_len(nrow(neuro)), function(trial) {
  times <- neuro[trial, !is.na(neuro[trial, ])]
  sprintf("neuro,%d,%.1f", trial, times)
})

out <- file("neuro.csv", "wb")
writeLines(c(
  "# Firing times of a human motor neuron around a brain stimulus at 0 ms: data set neuro of the R package boot; see README.md.",
  sprintf("# trials: 1..%d", nrow(neuro)),
  "# observed: -250ms..250ms",
  "unit,trial,time_ms",
  unlist(rows)
), out, sep = "\n")
close(out)
