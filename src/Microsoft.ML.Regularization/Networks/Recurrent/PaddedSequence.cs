using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A batch of sequences, those that are shorter with padding behind them.</summary>
/// <param name="Values">(batch, steps, width).</param>
/// <param name="Lengths">(batch) of int64, each at least 1; null where none is padded.</param>
internal sealed record PaddedSequence(Tensor Values, Tensor? Lengths)
{
    private Tensor Steps => TensorArithmetic.WholeNumbers(Values.shape[1]).to(Values.device).unsqueeze(0);

    /// <summary>The same sequences from their last step to their first; padding stays behind.</summary>
    public PaddedSequence Reverse()
    {
        if (Lengths is null)
            return this with { Values = Values.flip(1) };

        var (steps, last) = (Steps, Lengths.unsqueeze(1).sub(Scalars.One));
        var order = where(steps > last, steps, last - steps);
        return this with { Values = Values.gather(1, order.unsqueeze(2).expand_as(Values)) };
    }

    /// <summary>One row for each sequence: (batch, width).</summary>
    public Tensor Pool(SequencePooling pooling) => pooling switch
    {
        SequencePooling.Last => Lengths is null
            ? Values.select(1, -1)
            : Values.gather(1, Lengths.sub(Scalars.One).view(-1, 1, 1).expand(-1, 1, Values.shape[2])).squeeze(1),
        SequencePooling.Mean => Lengths is null
            ? Values.mean([1])
            : Values.masked_fill(IsPadding(Lengths), Scalars.Zero).sum([1]) / Lengths.unsqueeze(1).to(Values.dtype),
        SequencePooling.Max => (Lengths is null ? Values : Values.masked_fill(IsPadding(Lengths), Scalars.NegativeInfinity)).amax([1]),
        _ => throw new ArgumentOutOfRangeException(nameof(pooling), pooling, message: null),
    };

    private Tensor IsPadding(Tensor lengths) => (Steps >= lengths.unsqueeze(1)).unsqueeze(2);
}
