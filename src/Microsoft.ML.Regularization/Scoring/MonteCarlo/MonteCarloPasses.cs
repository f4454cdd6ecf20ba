namespace Microsoft.ML.Regularization;

/// <summary>The networks of Monte-Carlo prediction, drawn once, and the spread of their predictions. Safe to use from many threads.</summary>
internal sealed class MonteCarloPasses
{
    private readonly TrainedNetwork _network;
    private readonly NetworkNoise[] _passes;

    public MonteCarloPasses(TrainedNetwork network, int passes, int seed)
    {
        _network = network;
        var key = RandomKey.FromSeed(seed).Derive("Monte-Carlo prediction");
        _passes = [.. Enumerable.Range(0, passes).Select(pass => new NetworkNoise(network, key, (ulong)pass))];
    }

    /// <summary>Whether all passes predict the same.</summary>
    public bool AreAlike => _passes[0].IsEmpty;

    /// <summary>Mean and standard deviation (of the passes but one) of a row's predictions, in one run over the passes (Welford, 1962).</summary>
    /// <param name="features">One value for each input.</param>
    /// <param name="mean">Receives one value for each output.</param>
    /// <param name="deviation">Receives one value for each output.</param>
    public void Predict(ReadOnlySpan<float> features, Span<float> mean, Span<float> deviation)
    {
        var prediction = new float[_network.Outputs];
        var (means, squares) = (new double[prediction.Length], new double[prediction.Length]);
        for (var pass = 0; pass < _passes.Length; pass++)
        {
            _network.Scorer.Score(features, prediction, _passes[pass]);
            _network.Activation.Apply(prediction);
            for (var i = 0; i < prediction.Length; i++)
            {
                var difference = prediction[i] - means[i];
                means[i] += difference / (pass + 1);
                squares[i] += difference * (prediction[i] - means[i]);
            }
        }

        for (var i = 0; i < prediction.Length; i++)
        {
            mean[i] = (float)means[i];
            deviation[i] = (float)Math.Sqrt(squares[i] / (_passes.Length - 1));
        }
    }
}
