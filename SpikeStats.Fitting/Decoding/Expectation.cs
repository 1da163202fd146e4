namespace SpikeStats.Fitting.Decoding;

/// <summary>The E step: what the present model says about the hidden states.</summary>
/// <param name="LogLikelihood">Nats, with every constant.</param>
/// <param name="Posterior">P(state | all spikes), bin after bin.</param>
/// <param name="Pairs">P(states of the bin before and of the bin | all spikes), a matrix per bin; empty if not asked for.</param>
internal sealed record Expectation(double LogLikelihood, double[] Posterior, double[] Pairs);
