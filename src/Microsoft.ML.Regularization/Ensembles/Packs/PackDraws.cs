namespace Microsoft.ML.Regularization;

/// <summary>
/// The settings that each network of a pack, but the first, draws for itself; in all others it is as the options say. What one of them draws does not depend on
/// which others are drawn. See <see cref="PackOptions.Draws"/>.
/// </summary>
[Flags]
public enum PackDraws
{
    /// <summary>Nothing: networks differ by their initial weights, the order of their rows and their noise alone.</summary>
    None = 0,

    /// <summary>The learning rate, from a third of that of the options to 2.5 times as much for classes and 1.5 times for numbers, uniform in the logarithm.</summary>
    LearningRate = 1,

    /// <summary>The weight decay, from 0.05 to 2.5 times that of the options, uniform in the logarithm.</summary>
    WeightDecay = 2,

    /// <summary>One, two or three hidden layers, in the ratio 1 : 2 : 3, of the size of the first.</summary>
    Depth = 4,

    /// <summary><see cref="Regularization.Activation.SELU"/> or <see cref="Regularization.Activation.Mish"/>.</summary>
    Activation = 8,

    /// <summary>The deviation of the frequencies of RealMLP's own embedding, from 0.03 to 3, uniform in the logarithm.</summary>
    Frequencies = 16,

    /// <summary>In every second network a <see cref="PiecewiseLinearEmbedding"/> of 8 functions and 8, 16 or 32 bins takes the place of RealMLP's own.</summary>
    PiecewiseLinear = 32,

    /// <summary>The probability to drop, from 0 to 0.4.</summary>
    Dropout = 64,

    /// <summary>In every second network dropout is <see cref="GaussianDropout"/>, with the moments of the standard kind.</summary>
    DropoutKind = 128,

    /// <summary>Label smoothing: none, or from 0.005 to 0.1, uniform in the logarithm. For classes.</summary>
    LabelSmoothing = 256,

    /// <summary>In every third network an exponential average of the weights.</summary>
    WeightAveraging = 512,

    /// <summary>In every second network <see cref="ManifoldMixup"/> of the embedded rows, with an alpha from 0.1 to 1, uniform in the logarithm.</summary>
    Mixup = 1024,

    /// <summary>All but the regularization, which is that of the options for all networks.</summary>
    Network = LearningRate | WeightDecay | Depth | Activation | Frequencies,

    /// <summary>A regularization of their own.</summary>
    Recipe = Dropout | LabelSmoothing | WeightAveraging,
}
