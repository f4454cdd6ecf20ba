namespace Microsoft.ML.Regularization.Networks;

/// <summary>What computing a transformer needs to know of its architecture.</summary>
/// <param name="Width">Units of a token.</param>
/// <param name="Depth">Blocks.</param>
/// <param name="Heads">Heads of attention.</param>
/// <param name="HiddenWidth">Hidden units of a block's perceptron.</param>
/// <param name="IsBert">Whether it has <see cref="TransformerForm.Bert"/>.</param>
/// <param name="Pooling">How the last tokens are pooled.</param>
/// <param name="Epsilon">Is added to variances.</param>
internal sealed record TransformerShape(int Width, int Depth, int Heads, int HiddenWidth, bool IsBert, TokenPooling Pooling, double Epsilon)
{
    public bool HasClassToken => Pooling == TokenPooling.ClassToken;

    /// <summary>Whether the outputs ask for the first token alone.</summary>
    public bool KeepsFirst => Pooling is TokenPooling.ClassToken or TokenPooling.FirstToken;
}
