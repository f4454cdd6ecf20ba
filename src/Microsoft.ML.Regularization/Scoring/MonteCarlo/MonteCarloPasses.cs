using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The networks of Monte-Carlo prediction, drawn once, and the spread of their predictions. Safe to use from many threads.</summary>
internal sealed class MonteCarloPasses : IDisposable
{
    private readonly TrainedNetwork _network;
    private readonly int _passes;
    private readonly INetworkDraws _draws;

    public MonteCarloPasses(IExceptionContext context, TrainedNetwork network, int passes, int seed)
    {
        _network = network;
        _passes = passes;
        var key = RandomKey.FromSeed(seed).Derive("Monte-Carlo prediction");
        _draws = network.Scorer is TorchScorer ? new TorchDraws(context, network, key) : new ManagedDraws(network, key, passes);
    }

    /// <summary>Whether all passes predict the same.</summary>
    public bool AreAlike => _draws.AreAlike;

    /// <summary>Mean and standard deviation (of the passes but one) of a row's predictions, in one run over the passes (Welford, 1962).</summary>
    /// <param name="features">One value for each input.</param>
    /// <param name="mean">Receives one value for each output.</param>
    /// <param name="deviation">Receives one value for each output.</param>
    public void Predict(ReadOnlySpan<float> features, Span<float> mean, Span<float> deviation)
    {
        var prediction = new float[_network.Outputs];
        var (means, squares) = (new double[prediction.Length], new double[prediction.Length]);
        for (var pass = 0; pass < _passes; pass++)
        {
            _draws.Score(pass, features, prediction);
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
            deviation[i] = (float)Math.Sqrt(squares[i] / (_passes - 1));
        }
    }

    public void Dispose() => _draws.Dispose();
}
