using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>What the layers of a <see cref="GradientSequence"/> compute of some rows, for the way back.</summary>
internal sealed class GradientTape
{
    private readonly KeptRows[] _states;
    private readonly AlignedFloats?[] _gradients = new AlignedFloats?[2];
    private readonly LayerGradient[] _layers;
    private readonly int[] _rows;

    public GradientTape(LayerGradient[] layers)
    {
        (_layers, _rows) = (layers, new int[layers.Length + 1]);
        _states = [new KeptRows(layers[0].Inputs), .. layers.Select(layer => new KeptRows(layer.Outputs))];
    }

    /// <summary>The rows, before <see cref="GradientSequence.Forward"/>.</summary>
    public Matrix Input => StateOf(0);

    /// <summary>What they became.</summary>
    public Matrix Outputs => StateOf(_layers.Length);

    /// <summary>The gradient by that, before <see cref="GradientSequence.Backward"/>.</summary>
    public Matrix OutputGradient => GradientOf(_layers.Length);

    /// <summary>The gradient by the rows.</summary>
    public Matrix InputGradient => GradientOf(0);

    /// <summary>Takes memory for so many rows.</summary>
    public void Begin(int rows)
    {
        _rows[0] = rows;
        for (var i = 0; i < _layers.Length; i++)
            _rows[i + 1] = _layers[i].RowsBehind(_rows[i]);
    }

    /// <summary>What stands before a layer.</summary>
    public Matrix StateOf(int layer) => _states[layer].Of(_rows[layer]);

    /// <summary>The gradient by that; two take turns.</summary>
    public Matrix GradientOf(int layer) => KeptRows.In(ref _gradients[layer % 2], _rows[layer], layer == 0 ? _layers[0].Inputs : _layers[layer - 1].Outputs);
}
