using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Encodes the targets of a batch for the loss.</summary>
internal abstract class TargetEncoding
{
    /// <summary>The units of a regression's target; null for classes.</summary>
    public virtual TargetScale? Scale => null;

    /// <summary>What each class's share is multiplied by; null for nothing.</summary>
    public virtual IReadOnlyList<float>? ClassWeights => null;

    /// <summary>Refuses targets whose encoding is beyond what a loss can hold.</summary>
    /// <exception cref="InvalidOperationException">A target is too far from the others.</exception>
    public virtual void Check(IExceptionContext context, string labelColumnName, params ReadOnlySpan<LabelSummary> rows)
    {
    }

    /// <summary>Encodes rows of targets in place.</summary>
    /// <param name="targets">One row after another.</param>
    /// <param name="labelSmoothing">See <see cref="RegularizationRecipe.LabelSmoothing"/>; 0 for validation.</param>
    public abstract void Apply(Span<float> targets, double labelSmoothing);
}
