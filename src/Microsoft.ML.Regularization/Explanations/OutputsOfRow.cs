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
    private readonly int _width = networks[0].Layers.Outputs;
    private float[]? _gradients;
    private float[] _outputs = [];
    private float[] _parts = [];
    private int _columns;

    /// <summary>The outputs at each point, and at last of the row itself: (points + 1, networks, outputs).</summary>
    public float[] Compute()
    {
        _outputs = new float[(places.Length + 1) * networks.Length * _width];
        ThreadTeam.Current.Run(this, networks.Length);
        return _outputs;
    }

    /// <summary>What columns contribute at each point: (networks, points, columns).</summary>
    /// <param name="gradients">By the outputs: (points, networks, outputs).</param>
    /// <param name="columns">How many.</param>
    public float[] Contribute(float[] gradients, int columns)
    {
        (_gradients, _columns, _parts) = (gradients, columns, new float[networks.Length * places.Length * columns]);
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

    private void Forward(int network)
    {
        var tape = _tapes[network] = networks[network].Layers.Rent(places.Length + 1);
        _ends[network] = networks[network].Put(row, places, tape);
        networks[network].Layers.Forward(tape);
        for (var point = 0; point <= places.Length; point++)
            tape.Outputs.RowSpan(point).CopyTo(_outputs.AsSpan((point * networks.Length + network) * _width));
    }

    private void Backward(int network, float[] gradients)
    {
        var tape = _tapes[network]!;
        for (var point = 0; point < places.Length; point++)
            gradients.AsSpan((point * networks.Length + network) * _width, _width).CopyTo(tape.OutputGradient.RowSpan(point));

        // The row itself is the end of all ways.
        tape.OutputGradient.RowSpan(places.Length).Clear();
        networks[network].Layers.Backward(tape);
        for (var point = 0; point < places.Length; point++)
            networks[network].Collect(point, _ends[network], tape.InputGradient.RowSpan(point), _parts.AsSpan((network * places.Length + point) * _columns, _columns));
    }
}
