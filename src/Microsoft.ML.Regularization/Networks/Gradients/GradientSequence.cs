using System.Collections.Concurrent;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Layers one behind the other, and the derivative of what they compute. Safe to use from many threads, each with a tape of its own.</summary>
/// <param name="layers">At least one.</param>
internal sealed class GradientSequence(LayerGradient[] layers)
{
    private readonly ConcurrentBag<GradientTape> _tapes = [];

    public int Inputs => layers[0].Inputs;

    public int Outputs => layers[^1].Outputs;

    /// <summary>A tape for so many rows, to be given back.</summary>
    public GradientTape Rent(int rows)
    {
        var tape = _tapes.TryTake(out var kept) ? kept : new GradientTape(layers);
        tape.Begin(rows);
        return tape;
    }

    public void Return(GradientTape tape) => _tapes.Add(tape);

    /// <summary>Computes the outputs of the tape's rows.</summary>
    public void Forward(GradientTape tape)
    {
        for (var i = 0; i < layers.Length; i++)
            layers[i].Forward(tape.StateOf(i), tape.StateOf(i + 1));
    }

    /// <summary>Computes the gradient by the tape's rows, from that by their outputs.</summary>
    public void Backward(GradientTape tape)
    {
        for (var i = layers.Length - 1; i >= 0; i--)
            layers[i].Backward(tape.StateOf(i), tape.GradientOf(i + 1), tape.GradientOf(i));
    }
}
