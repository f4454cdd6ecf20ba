using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Networks.Custom;

/// <summary>Linear, batch normalization, ReLU, linear.</summary>
public sealed record NormalizedNetwork : ICustomNetwork
{
    public int Units { get; init; } = 12;

    public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs)
    {
        manual_seed(3);
        return nn.Sequential(nn.Linear(input.Numbers, Units), nn.BatchNorm1d(Units), nn.ReLU(), nn.Linear(Units, outputs));
    }
}

/// <summary>A convolution over images of any size, batch normalization, the mean over places.</summary>
public sealed record ConvolutionNetwork : ICustomNetwork
{
    public int Channels { get; init; } = 6;

    public CustomInputKind InputKind => CustomInputKind.Images;

    public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs)
    {
        manual_seed(3);
        return nn.Sequential(
            nn.Conv2d(input.Image!.Channels, Channels, 3), nn.BatchNorm2d(Channels), nn.ReLU(), nn.MaxPool2d(3), nn.Flatten(),
            nn.Linear(4 * Channels, outputs));
    }
}

/// <summary>All steps of a sequence in one layer.</summary>
public sealed record StepsNetwork : ICustomNetwork
{
    public CustomInputKind InputKind => CustomInputKind.Sequences;

    public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs)
    {
        manual_seed(3);
        return nn.Sequential(nn.Linear(input.Numbers / input.Steps, 5), nn.Tanh(), nn.Flatten(), nn.Linear(5 * input.Steps, outputs));
    }
}

/// <summary>The vectors of all tokens in one layer.</summary>
public sealed record WordsNetwork : ICustomNetwork
{
    public CustomInputKind InputKind => CustomInputKind.Texts;

    public int MaxTokens { get; init; } = 4;

    public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs)
    {
        manual_seed(3);
        return nn.Sequential(nn.Embedding(input.Tokens, 8), nn.Flatten(), nn.Linear(8 * input.MaxTokens, outputs));
    }
}

/// <summary>Leaves its initial weights to whoever seeds the generator.</summary>
public sealed record UnseededNetwork : ICustomNetwork
{
    public nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs) => nn.Linear(input.Numbers, outputs);
}
