using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Sequences of numbers, all of one length: a row has those of all steps.</summary>
/// <param name="order">The sequences' order.</param>
/// <param name="steps">Of a sequence.</param>
/// <param name="width">Numbers of a step.</param>
internal sealed class NumberSource(SequenceOrder order, int steps, int width) : StepSource(order, steps * width, width)
{
    // Steps whose gates stay in memory until they come back.
    private const int MostSteps = 1 << 14;

    private Matrix _input;

    public override int SequencesAtOnce => Math.Max(1, MostSteps / steps);

    protected override void Take(Matrix input, bool isTraining)
    {
        _input = input;
        Order.Begin(input.Rows).Fill(steps);
        Order.Sort();
    }

    protected override void Write(int place, int step, Span<float> numbers) => _input.RowSpan(Order.SequenceAt(place)).Slice(step * Width, Width).CopyTo(numbers);
}
