using System.Globalization;
using BenchmarkDotNet.Running;
using SpikeStats.Benchmarks.Glm;

// "resident BINS" prints the peak memory of GLM fits, "population" and "population-large" that of population fits; everything else goes to BenchmarkDotNet, e.g. --filter '*Glm*'.
if (args is ["resident", var bins]) GlmResidentMemory.Print(int.Parse(bins, CultureInfo.InvariantCulture), Console.Out);
else if (args is ["population"]) PopulationResidentMemory.PrintFifty(Console.Out);
else if (args is ["population-large"]) PopulationResidentMemory.PrintLarge(Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(GlmFitBenchmark).Assembly).Run(args);
