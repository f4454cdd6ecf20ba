namespace Microsoft.ML.Regularization.Networks;

/// <summary>Describes layers in the order in which rows go through them.</summary>
internal sealed class LayerList
{
    private readonly List<LayerDescription> _layers = [];

    public IReadOnlyList<LayerDescription> Layers => _layers;

    /// <summary>A linear layer: see <see cref="LinearDescription"/>.</summary>
    public LayerList Linear(string name, int place, int inputs, int outputs, bool isOutput = false)
    {
        _layers.Add(new LinearDescription(name, place, inputs, outputs) { IsOutput = isOutput });
        return this;
    }

    /// <summary>A normalization; nothing for none.</summary>
    public LayerList Normalize(string name, Normalization normalization, int units)
    {
        if (normalization != Normalization.None)
            _layers.Add(new NormalizationDescription(name, normalization, units));
        return this;
    }

    public LayerList Activate(Activation activation)
    {
        _layers.Add(new ActivationDescription(activation));
        return this;
    }

    /// <summary>The noise of units while training.</summary>
    public LayerList Noise()
    {
        _layers.Add(new NoiseDescription());
        return this;
    }

    /// <summary>Adds the output of these layers to their input.</summary>
    public LayerList Residual(LayerList branch)
    {
        _layers.Add(new ResidualDescription(branch.Layers));
        return this;
    }
}
