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

/// <summary>Refuses the row that begins with a number.</summary>
public sealed record OwnRefusal : ICustomAugmentation
{
    public float First { get; init; }

    public void Apply(Span<float> features, RowRandom random)
    {
        if (features[0] == First)
            throw new InvalidDataException("Not this one.");
    }
}

/// <summary>Writes into a row how many calls of this object there are at the moment.</summary>
public sealed record OwnObject : ICustomAugmentation
{
    private int _calls;

    public void Apply(Span<float> features, RowRandom random)
    {
        Interlocked.Increment(ref _calls);
        Thread.SpinWait(100);
        features[0] = Volatile.Read(ref _calls);
        Interlocked.Decrement(ref _calls);
    }
}
