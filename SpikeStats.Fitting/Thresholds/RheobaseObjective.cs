using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Fitting.Thresholds;

/// <summary>Minus the log-likelihood in (α, β, log τ), where the predictor is η = β x - α with x = I (1 - e^(-d/τ)), I in units of the strongest pulse: β = 1/s, α = I_rh/s.</summary>
internal sealed class RheobaseObjective(PulseResponse[] pulses, ThresholdNoise noise) : IObjective
{
    public int VariableCount => 3;

    /// <summary>The strength of the strongest pulse.</summary>
    public double Unit { get; } = pulses.Max(pulse => Math.Abs(pulse.Strength));

    /// <summary>x of a pulse.</summary>
    public double Effect(in PulseResponse pulse, double logTimeConstant) => pulse.Strength / Unit * -Exponentials.MinusOne(-pulse.Duration * Math.Exp(-logTimeConstant));

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double alpha = variables[0], beta = variables[1], rate = Math.Exp(-variables[2]), value = 0;
        double[] gradient = new double[3], hessian = new double[9];
        foreach (PulseResponse pulse in pulses)
        {
            // The effect, and its first and second derivative by log τ.
            double strength = pulse.Strength / Unit, time = pulse.Duration * rate, decay = time * Math.Exp(-time);
            double effect = strength * -Exponentials.MinusOne(-time), first = -strength * decay, second = strength * decay * (1 - time);
            double sign = pulse.HasSpike ? 1 : -1;
            (double logarithm, double slope, double curvature) = LogProbability(sign * ((beta * effect) - alpha), noise);
            double pull = sign * slope;
            ReadOnlySpan<double> direction = [-1, effect, beta * first];
            value -= logarithm;
            for (int i = 0; i < 3; i++)
            {
                gradient[i] -= pull * direction[i];
                for (int j = 0; j <= i; j++) hessian[(3 * i) + j] += curvature * direction[i] * direction[j];
            }

            hessian[7] -= pull * first;
            hessian[8] -= pull * beta * second;
        }

        return new Evaluation(value, gradient, withCurvature ? hessian : null);
    }

    /// <summary>log F(η), its slope, and minus its second derivative.</summary>
    public static (double Logarithm, double Slope, double Curvature) LogProbability(double predictor, ThresholdNoise noise)
    {
        if (noise == ThresholdNoise.Gaussian)
        {
            (double slope, double curvature) = NormalTail.Derivatives(predictor);
            return (NormalTail.LogProbability(predictor), slope, curvature);
        }

        double missing = Exponentials.Logistic(-predictor);
        return (-Exponentials.Softplus(-predictor), missing, missing * Exponentials.Logistic(predictor));
    }
}
