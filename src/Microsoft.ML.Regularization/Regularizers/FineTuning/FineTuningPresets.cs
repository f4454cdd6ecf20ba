namespace Microsoft.ML.Regularization;

/// <content>The presets.</content>
public sealed partial record FineTuning
{
    // Below, what moves follows the noise of a few rows: measured on three sets of sentences and one of photos, see docs/pretrained.md.
    private const long FewTexts = 30;
    private const long FewImages = 100;

    /// <summary>
    /// The fast mode: the head alone is fitted, to features that are computed once. There are no epochs, so <see cref="NeuralNetworkOptions.MaxEpochs"/>, the learning rate, its
    /// schedule and the optimizer play no part, and a <see cref="NeuralNetworkOptions.Recipe"/> is refused: what it asks for happens in steps.
    /// </summary>
    public static FineTuning FittedHead { get; } = new() { Frozen = ["*"], Probe = new LinearProbe() };

    /// <summary>The head alone learns, step by step: the network is a fixed function of the rows, as a recipe's augmentations and noise change them, with a linear model on top.</summary>
    public static FineTuning HeadAlone { get; } = new() { Frozen = ["*"] };

    /// <summary>
    /// For texts: below 30 rows <see cref="FittedHead"/>; else a fitted head, and the upper four layers move, the lower ones of them less. Embeddings, in small networks half of all weights, stay.
    /// </summary>
    /// <param name="rows">How many rows are trained on, those to validate on included; at least 1.</param>
    public static FineTuning Texts(long rows) => For(rows, FewTexts, movingLayers: 4);

    /// <summary>
    /// For photos: below 100 rows <see cref="FittedHead"/>; else a fitted head, and all layers move, the lower ones less: photos often differ from
    /// the published ones down to the first layers, in size, sharpness or light. Half the published <see cref="ImageNetResNetArchitecture.Resolution"/> makes that four times as fast.
    /// </summary>
    /// <param name="rows">How many rows are trained on, those to validate on included; at least 1.</param>
    public static FineTuning Images(long rows) => For(rows, FewImages, movingLayers: null);

    private static FineTuning For(long rows, long few, int? movingLayers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return rows < few ? FittedHead : new FineTuning { Probe = new LinearProbe(), MovingLayers = movingLayers, LayerDecay = 0.8 };
    }
}
