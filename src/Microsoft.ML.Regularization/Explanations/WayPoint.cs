using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>A place on the way from a group of background rows to the row, and the networks that are asked there.</summary>
/// <param name="Score">The score by these networks alone.</param>
/// <param name="Slots">Where theirs stand among the values of all networks.</param>
/// <param name="Weight">How much they count; 1 in the mean over the points.</param>
internal sealed record WayPoint(ExplainedScore Score, int[] Slots, float Weight)
{
    /// <param name="outputs">Of all networks (slots, outputs).</param>
    /// <param name="explained">Which of the scores.</param>
    /// <param name="gradients">Receives the derivatives by those of these networks.</param>
    public void Differentiate(ReadOnlySpan<float> outputs, int explained, Span<float> gradients)
    {
        var width = Score.Width;
        var (own, gradient) = (Read(outputs, Slots, width), new float[Slots.Length * width]);
        Score.Differentiate(own, explained, gradient);
        TensorPrimitives.Multiply(gradient, Weight, gradient);
        for (var i = 0; i < Slots.Length; i++)
            gradient.AsSpan(i * width, width).CopyTo(gradients.Slice(Slots[i] * width, width));
    }

    /// <summary>The values of some slots, one after another.</summary>
    public static float[] Read(ReadOnlySpan<float> values, int[] slots, int width)
    {
        var read = new float[slots.Length * width];
        for (var i = 0; i < slots.Length; i++)
            values.Slice(slots[i] * width, width).CopyTo(read.AsSpan(i * width));
        return read;
    }
}
