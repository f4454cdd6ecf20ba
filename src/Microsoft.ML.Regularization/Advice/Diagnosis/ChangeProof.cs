using static System.FormattableString;

namespace Microsoft.ML.Regularization;

/// <summary>What a change does, trained with and without on the same splits: see <see cref="TrainingDiagnosis.Prove"/>.</summary>
/// <param name="Change">The change as C#.</param>
/// <param name="Metric">What was measured on rows that were not trained on, so that less is better: log-loss in nats, or the root of the mean squared error.</param>
/// <param name="Without">Of each split, without the change.</param>
/// <param name="With">Of each split, with it.</param>
public sealed record ChangeProof(string Change, string Metric, ValueList<double> Without, ValueList<double> With)
{
    /// <summary>The mean difference, with less without; below 0 the change helps.</summary>
    public double Difference => Without.Zip(With, (without, with) => with - without).Average();

    /// <summary>The standard error of <see cref="Difference"/> over the splits, whose training rows overlap: take it for the least there is.</summary>
    public double StandardError
    {
        get
        {
            var mean = Difference;
            return Math.Sqrt(Without.Zip(With, (without, with) => with - without - mean).Sum(deviation => deviation * deviation) / (Without.Count - 1) / Without.Count);
        }
    }

    /// <summary>Whether the change helps, by more than two standard errors.</summary>
    public bool Helps => Difference + 2 * StandardError < 0;

    /// <summary>The comparison in one sentence; the same in every culture.</summary>
    public override string ToString() =>
        Invariant($"{Change}: {Metric} {Without.Average():0.0000} without, {With.Average():0.0000} with it, {Difference:+0.0000;-0.0000} (standard error {StandardError:0.0000}, {Without.Count} splits): {(Helps ? "it helps" : Difference - 2 * StandardError > 0 ? "it harms" : "no difference that is no accident")}.");
}
