using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A transformer that reads the tokens of a text, a column of type Vector&lt;Key&gt; as <c>TokenizeIntoWords</c> and <c>MapValueToKey</c> produce, and embeds
/// them. All tokens outside the vocabulary become one token, "unknown"; a text without tokens is read as that token alone. The outputs for a text do not
/// depend on the other texts in its batch, because padding is ignored. <see cref="RegularizationRecipe.TransformerNlp"/> is a good starting point.
/// </summary>
/// <remarks>
/// Parameters, for width w, a vocabulary of V tokens, MLP ratio 4: <c>(V + 2) w</c> for the tokens (2 for padding, which is 0, and "unknown"),
/// <c>MaxLength * w</c> for the places, <c>12 w^2 + 13 w</c> for each block, <c>2 w</c> for the last normalization, <c>w * out + out</c>, and <c>2
/// w</c> more with a class token.
/// </remarks>
[UnionCase("TextTransformer")]
public sealed record TextTransformerArchitecture : TransformerArchitecture
{
    /// <summary>The maximum number of tokens read of a text, from 1 to 8192; longer texts are truncated, with a warning when training. Default: 64.</summary>
    public int MaxLength { get; init; } = 64;

    /// <summary>How its blocks are put together. Default: <see cref="TransformerForm.PreNormalization"/>.</summary>
    public TransformerForm Form { get; init; } = TransformerForm.PreNormalization;

    internal override bool IsBert => Form == TransformerForm.Bert;

    internal override bool KeepsLastToken => IsBert;

    internal override NetworkInputs Takes => NetworkInputs.Texts;

    internal override int MaxTokens => MaxLength;

    internal override InputScaling UsualScaling => InputScaling.None;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"TextTransformer({Depth} blocks of {Width} with {Heads} heads on at most {MaxLength} tokens), {Pooling}")
        + (IsBert ? ", BERT's form" : "")
        + (MlpRatio == 4 ? "" : string.Create(CultureInfo.InvariantCulture, $", MLP ratio {MlpRatio}"));

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(MaxLength, nameof(MaxLength), 1, 8192);
        context.CheckDefined(Form, nameof(Form));
        if (IsBert && Pooling == TokenPooling.ClassToken)
        {
            throw context.ExceptUserArg(
                nameof(Pooling), "Pooling is ClassToken, a token that the network puts before a text, but Form is Bert, whose texts begin with [CLS]: take FirstToken or Mean.");
        }
    }

    /// <summary>All trained numbers.</summary>
    internal double ParameterCount(TextInput text, double outputs) => (double)text.TableSize * Width + ParametersBehindTokens(text.MaxLength, outputs);

    internal override double WeightsOf(InputLayout input, double outputs) => ParameterCount(input.Text!, outputs);

    internal override double TableWeights(double values) => (values + TextInput.FirstWord) * Width;

    internal override void CheckInput(IExceptionContext? context, InputLayout input)
    {
        if (input.Text is null)
            throw context.ExceptUserArg(nameof(input), $"{this} reads texts, not {input}.");
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        tensors.Add("embedding.weight", input.Text!.TableSize, Width);
        ListBehindTokens(tensors, MaxLength, outputs);
    }

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs) =>
        DescribeBehindTokens(new LayerList().Add(new TokensDescription("embedding", input.Text!.TableSize, Width)), MaxLength, outputs);

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckInput(context: null, input);
        var text = input.Text!;
        CheckMemory(nameof(Width), input, outputs);
        return new TransformerNetwork(this, new TextEmbedding(text, Width, builder), MaxLength, outputs, builder);
    }
}
