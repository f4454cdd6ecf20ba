using System.Globalization;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A block of an <see cref="ImageNetResNetArchitecture"/>.</summary>
/// <param name="Inputs">Maps before it.</param>
/// <param name="Width">Maps of its convolution 3 x 3.</param>
/// <param name="Outputs">Maps behind it.</param>
/// <param name="Stage">Its stage, from 0.</param>
/// <param name="Place">Its place in the stage, from 0.</param>
internal sealed record ProjectedBlockShape(int Inputs, int Width, int Outputs, int Stage, int Place)
{
    /// <summary>From one place that is computed to the next.</summary>
    public int Stride => Stage > 0 && Place == 0 ? 2 : 1;

    /// <summary>Whether the shortcut is a convolution.</summary>
    public bool IsProjected => Stride > 1 || Inputs != Outputs;

    /// <summary>The convolutions of its branch.</summary>
    public IReadOnlyList<(int Inputs, int Outputs, int Size, int Stride)> Convolutions() => Outputs == Width
        ? [(Inputs, Width, 3, Stride), (Width, Width, 3, 1)]
        : [(Inputs, Width, 1, 1), (Width, Width, 3, Stride), (Width, Outputs, 1, 1)];

    public ResidualDescription Describe(string name, Activation activation)
    {
        var (branch, shortcut, convolutions) = (new LayerList(), new LayerList(), Convolutions());
        foreach (var (place, (inputs, outputs, size, stride)) in convolutions.Index())
        {
            var number = (place + 1).ToString(CultureInfo.InvariantCulture);
            branch.Convolution($"{name}.conv{number}", inputs, outputs, Normalization.Batch, stride, size).NormalizeMaps($"{name}.norm{number}", Normalization.Batch, outputs);
            if (place < convolutions.Count - 1)
                branch.Activate(activation);
            if (place == convolutions.Count - 2)
                branch.Noise();
        }

        if (IsProjected)
            shortcut.Convolution(name + ".shortcut", Inputs, Outputs, Normalization.Batch, Stride, size: 1).NormalizeMaps(name + ".shortcut_norm", Normalization.Batch, Outputs);
        return new ResidualDescription(branch.Layers) { Shortcut = shortcut.Layers };
    }
}
