using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>A row's way through all networks, forth and back; the threads of a team share the networks.</summary>
/// <param name="networks">The model's.</param>
/// <param name="row">The row, as the model reads it.</param>
/// <param name="places">How far the points on the ways to it are.</param>
internal sealed class OutputsOfRow(ExplainedNetwork[] networks, float[] row, double[] places) : TeamWork, IDisposable
{
    private readonly GradientTape?[] _tapes = new GradientTape?[networks.Length];
    private readonly float[][] _ends = new float[networks.Length][];
    private readonly int _slots = networks[^1].LastSlot + 1;
    private readonly int _width = networks[0].Layers.Outputs;
    private float[]? _gradients;
    private float[] _outputs = [];
    private float[] _parts = [];
    private int _columns;

    /// <summary>The outputs of each network at its points, and of the row itself: (slots, outputs).</summary>
    public float[] Compute()
    {
        _outputs = new float[_slots * _width];
        ThreadTeam.Current.Run(this, networks.Length);
        return _outputs;
    }

    /// <summary>What columns contribute at each point: (slots, columns).</summary>
    /// <param name="gradients">By the outputs: (slots, outputs).</param>
    /// <param name="columns">How many.</param>
    public float[] Contribute(float[] gradients, int columns)
    {
        (_gradients, _columns, _parts) = (gradients, columns, new float[_slots * columns]);
        ThreadTeam.Current.Run(this, networks.Length);
        return _parts;
    }

    public override void Run(int part)
    {
        // Of several networks each is one thread's.
        using var alone = networks.Length > 1 ? ThreadTeam.UseAlone() : ThreadTeam.Use(ThreadTeam.Current);
        if (_gradients is null)
            Forward(part);
        else
            Backward(part, _gradients);
    }

    /// <summary>Gives tapes back.</summary>
    public void Dispose()
    {
        for (var i = 0; i < networks.Length; i++)
        {
            if (_tapes[i] is { } tape)
                networks[i].Layers.Return(tape);
        }
    }

    private void Forward(int part)
    {
        var network = networks[part];
        var tape = _tapes[part] = network.Layers.Rent(network.Points + 1);
        _ends[part] = network.Put(row, places, tape);
        network.Layers.Forward(tape);
        for (var point = 0; point <= network.Points; point++)
            tape.Outputs.RowSpan(point).CopyTo(_outputs.AsSpan((network.FirstSlot + point) * _width));
    }

    private void Backward(int part, float[] gradients)
    {
        var (network, tape) = (networks[part], _tapes[part]!);

        // The row itself is the end of all ways, and stands behind them.
        tape.Begin(network.Points);
        for (var point = 0; point < network.Points; point++)
            gradients.AsSpan((network.FirstSlot + point) * _width, _width).CopyTo(tape.OutputGradient.RowSpan(point));
        network.Layers.Backward(tape);
        for (var point = 0; point < network.Points; point++)
            network.Collect(point, _ends[part], tape.InputGradient.RowSpan(point), _parts.AsSpan((network.FirstSlot + point) * _columns, _columns));
    }
}
