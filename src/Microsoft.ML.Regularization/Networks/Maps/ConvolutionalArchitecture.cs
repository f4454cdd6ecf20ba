using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A network of convolutions: <see cref="ConvNetArchitecture"/>, <see cref="ResNetArchitecture"/> or <see cref="ImageNetResNetArchitecture"/>. Trained ones score
/// in managed code, without libtorch.
/// </summary>
public abstract record ConvolutionalArchitecture : NetworkArchitecture
{
    private protected ConvolutionalArchitecture()
    {
    }

    internal override NetworkInputs Takes => NetworkInputs.Images;

    internal override InputScaling UsualScaling => InputScaling.Standardize;

    internal override bool GainsByKeptMemory => true;

    internal override bool ScoresInManagedCode => true;

    internal override bool DrawsInManagedCode => false;

    internal override INetworkScorer CreateScorer(TrainedParts parts)
    {
        var layers = Describe(parts.Input, parts.Outputs)!;
        return parts.BehindInput(layers, new MapScorer(parts, layers));
    }

    private protected override string Lack(Capabilities missing) => missing == Capabilities.LinearLayers ? "whose layers are convolutions" : base.Lack(missing);
}
