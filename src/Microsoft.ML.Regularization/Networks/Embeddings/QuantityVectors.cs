using System.Buffers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><see cref="EmbeddedNumbers"/> that leave flags out, in managed code: the vectors of quantities, and flags behind them.</summary>
/// <param name="embedding">Embeds the quantities.</param>
/// <param name="quantities">Their places in a row.</param>
/// <param name="flags">Those of the flags.</param>
internal sealed class QuantityVectors(NumberVectors embedding, int[] quantities, int[] flags) : NumberVectors
{
    public override int Numbers => quantities.Length + flags.Length;

    public override int Width => embedding.Width + flags.Length;

    public override void Embed(ReadOnlySpan<float> numbers, Span<float> embedded)
    {
        var rented = ArrayPool<float>.Shared.Rent(quantities.Length);
        for (var i = 0; i < quantities.Length; i++)
            rented[i] = numbers[quantities[i]];
        embedding.Embed(rented.AsSpan(0, quantities.Length), embedded[..embedding.Width]);
        ArrayPool<float>.Shared.Return(rented);
        var passed = embedded[embedding.Width..];
        for (var i = 0; i < flags.Length; i++)
            passed[i] = numbers[flags[i]];
    }

    public override void Differentiate(ReadOnlySpan<float> numbers, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var rented = ArrayPool<float>.Shared.Rent(2 * quantities.Length);
        var own = rented.AsSpan(0, quantities.Length);
        var slopes = rented.AsSpan(quantities.Length, quantities.Length);
        for (var i = 0; i < quantities.Length; i++)
            own[i] = numbers[quantities[i]];
        embedding.Differentiate(own, gradient[..embedding.Width], slopes);
        for (var i = 0; i < quantities.Length; i++)
            result[quantities[i]] = slopes[i];
        for (var i = 0; i < flags.Length; i++)
            result[flags[i]] = gradient[embedding.Width + i];
        ArrayPool<float>.Shared.Return(rented);
    }
}
