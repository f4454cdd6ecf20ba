namespace Microsoft.ML.Regularization.Tests.Augmentation.Custom;

/// <summary>Moves all features of a row by the same amount.</summary>
public sealed record OwnShift : ICustomAugmentation
{
    public double Most { get; init; } = 0.5;

    public void Apply(Span<float> features, RowRandom random)
    {
        var shift = (float)(Most * (2 * random.NextDouble() - 1));
        foreach (ref var feature in features)
            feature += shift;
    }
}

/// <summary>Draws of each kind, written into the row.</summary>
public sealed record OwnDraws : ICustomAugmentation
{
    public void Apply(Span<float> features, RowRandom random)
    {
        features[0] = (float)random.NextDouble();
        features[1] = (float)random.NextGaussian();
        features[2] = random.Next(3);
    }
}
