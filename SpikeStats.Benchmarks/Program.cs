using System.Globalization;
using BenchmarkDotNet.Running;
using SpikeStats.Benchmarks.Ensembles;
using SpikeStats.Benchmarks.FokkerPlanck;
using SpikeStats.Benchmarks.Glm;
using SpikeStats.Benchmarks.Hawkes;
using SpikeStats.Benchmarks.Networks;
using SpikeStats.Benchmarks.Theory;

// "side-by-side BINS" times a GLM fit beside a plain dense Newton, "resident BINS" prints the peak memory of GLM fits, "population" and
// "population-large" that of population fits, "population-cost" prints the times behind the choice of
// method, "hawkes FOLDER" times Hawkes processes on the input files of other tools; "fokker-planck FOLDER" the
// time-dependent Fokker-Planck equation; "network" a spiking network beside a plain loop; "siegert" the closed forms of
// the noisy integrate-and-fire neuron, "lif SECONDS" its simulation; everything else goes to BenchmarkDotNet, e.g. --filter '*Glm*'.
if (args is ["resident", var bins]) GlmResidentMemory.Print(int.Parse(bins, CultureInfo.InvariantCulture), Console.Out);
else if (args is ["side-by-side", var size]) GlmSideBySide.Print(int.Parse(size, CultureInfo.InvariantCulture), Console.Out);
else if (args is ["population"]) PopulationResidentMemory.PrintFifty(Console.Out);
else if (args is ["population-large"]) PopulationResidentMemory.PrintLarge(Console.Out);
else if (args is ["population-cost"]) PopulationCostTimings.Print(Console.Out);
else if (args is ["hawkes", var folder]) HawkesTimings.Print(folder, Console.Out);
else if (args is ["fokker-planck", var inputs]) FokkerPlanckTimings.Print(inputs, Console.Out);
else if (args is ["lif", var seconds]) LifTimings.Print(double.Parse(seconds, CultureInfo.InvariantCulture), Console.Out);
else if (args is ["network"]) NetworkTimings.Print(Console.Out);
else if (args is ["siegert"]) SiegertTimings.Print(Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(GlmFitBenchmark).Assembly).Run(args);
