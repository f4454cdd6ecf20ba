using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Describes layers in the order in which rows go through them.</summary>
internal sealed class LayerList
{
    private readonly List<LayerDescription> _layers = [];

    public IReadOnlyList<LayerDescription> Layers => _layers;

    /// <summary>Any layer.</summary>
    public LayerList Add(LayerDescription layer)
    {
        _layers.Add(layer);
        return this;
    }

    /// <summary>The vectors of an input's keys; nothing for an input without.</summary>
    public LayerList Categories(InputLayout input, IEnumerable<CategoryTable> tables) =>
        input.Categories.Count == 0 ? this : Add(new CategoriesDescription(tables));

    /// <summary>A linear layer: see <see cref="LinearDescription"/>.</summary>
    public LayerList Linear(string name, int place, int inputs, int outputs, bool isOutput = false) =>
        Add(new LinearDescription(name, place, inputs, outputs) { IsOutput = isOutput });

    /// <summary>A normalization; nothing for none.</summary>
    public LayerList Normalize(string name, Normalization normalization, int units, double epsilon = LayerNormLayer.UsualEpsilon) =>
        normalization == Normalization.None ? this : Add(new NormalizationDescription(name, normalization, units) { Epsilon = epsilon });

    public LayerList Activate(Activation activation) => Add(new ActivationDescription(activation));

    /// <summary>The noise of units while training.</summary>
    public LayerList Noise() => Add(new NoiseDescription());

    /// <summary>Adds the output of these layers to their input.</summary>
    public LayerList Residual(LayerList branch) => Add(new ResidualDescription(branch.Layers));
}
