using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Masked tokens: each token of a text is asked for with probability <see cref="Rate"/>; 80 % of these are hidden, 10 % become a random token and 10 % stay as they
/// are, and the network tells each by what is around it (Devlin, Chang, Lee and Toutanova, "BERT: pre-training of deep bidirectional transformers for language
/// understanding", 2019).
/// </summary>
/// <remarks>
/// A hidden token is <c>[MASK]</c> (or <c>&lt;mask&gt;</c>) where the vocabulary has it, else the token for words that are not known: what a network learns about
/// hidden words then serves for unknown ones. Unknown tokens, <c>[CLS]</c> and <c>[SEP]</c> are never asked for. A batch in which no token was drawn has one all the
/// same. The loss is the cross entropy of the tokens that are asked for; their logits are the products of a linear layer's outputs with the vectors that the tokens are
/// read by, so that these learn from both sides.
/// </remarks>
[UnionCase("masked tokens")]
public sealed record MaskedTokenTask : PretextTask
{
    /// <summary>The probability that a token is asked for, above 0 (hardly anything to learn in a step) and below 1 (nothing to tell it by). Default: 0.15.</summary>
    public double Rate { get; init; } = 0.15;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"masked tokens {Rate}");

    internal override void Validate(IExceptionContext context) => context.CheckInsideZeroOne(Rate, $"{Option}.{nameof(Rate)}");

    internal override string? WhyNot(NetworkArchitecture architecture) =>
        architecture is TextTransformerArchitecture ? null : "which is no TextTransformer, whose tokens can be asked for one by one";

    internal override Pretext Create(PretextRows rows) => new MaskedTokenPretext(new TokenMasking(TokenKinds.Of(rows), Rate, rows.Key.Derive("masked tokens")), ((TextTransformerArchitecture)rows.Architecture).Width);
}
