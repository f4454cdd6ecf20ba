namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// The noise of one layer in one pass of Monte-Carlo prediction. It is drawn when it is made and the same for every row.
/// </summary>
internal abstract class LayerNoise
{
    /// <summary>Changes what the linear layer gives, before normalization that is not folded into its weights.</summary>
    /// <param name="input">The layer's input.</param>
    /// <param name="sums">One value for each unit.</param>
    public virtual void ChangeSums(ReadOnlySpan<float> input, Span<float> sums)
    {
    }

    /// <summary>Changes the layer's output, after the activation.</summary>
    /// <param name="units">One value for each unit.</param>
    public virtual void ChangeUnits(Span<float> units)
    {
    }
}
