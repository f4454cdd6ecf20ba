using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>The networks of Monte-Carlo prediction, drawn once, and the spread of their predictions. Safe to use from many threads.</summary>
internal sealed class MonteCarloPasses : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly TrainedNetwork _network;
    private readonly int _passes;
    private readonly INetworkDraws _draws;

    public MonteCarloPasses(IExceptionContext context, TrainedNetwork network, int passes, int seed)
    {
        _network = network;
        _passes = passes;
        var key = RandomKey.FromSeed(seed).Derive("Monte-Carlo prediction");
        _draws = network.Scorer is TorchScorer ? new TorchDraws(network, key) : new ManagedDraws(network, key, passes);
    }

    /// <summary>Whether all passes predict the same.</summary>
    public bool AreAlike => _draws.AreAlike;

    /// <summary>Mean and standard deviation (of the passes but one) of a row's predictions, in one run over the passes (Welford, 1962).</summary>
    /// <param name="features">One value for each input.</param>
    /// <param name="mean">Receives one value for each output.</param>
    /// <param name="deviation">Receives one value for each output.</param>
    public void Predict(ReadOnlySpan<float> features, Span<float> mean, Span<float> deviation)
    {
        var outputs = _network.Outputs;
        var row = new RowPasses(this, features.ToArray(), new float[Math.Min(_passes, MostAtOnce) * outputs]);
        var (means, squares) = (new double[outputs], new double[outputs]);
        for (var pass = 0; pass < _passes; pass++)
        {
            if (pass % MostAtOnce == 0)
                row.Score(pass, Math.Min(MostAtOnce, _passes - pass));
            var prediction = row.PredictionOf(pass);
            for (var i = 0; i < outputs; i++)
            {
                var difference = prediction[i] - means[i];
                means[i] += difference / (pass + 1);
                squares[i] += difference * (prediction[i] - means[i]);
            }
        }

        for (var i = 0; i < outputs; i++)
        {
            mean[i] = (float)means[i];
            deviation[i] = (float)Math.Sqrt(squares[i] / (_passes - 1));
        }
    }

    public void Dispose() => _draws.Dispose();

    /// <summary>The predictions of one row by some passes, which the threads of a team share.</summary>
    private sealed class RowPasses(MonteCarloPasses owner, float[] features, float[] predictions) : TeamWork
    {
        private const int PartPasses = 8;

        private readonly int _outputs = owner._network.Outputs;
        private int _first;
        private int _count;

        public ReadOnlySpan<float> PredictionOf(int pass) => predictions.AsSpan((pass - _first) * _outputs, _outputs);

        public void Score(int first, int count)
        {
            (_first, _count) = (first, count);
            var parts = (count + PartPasses - 1) / PartPasses;
            if (owner._draws.AreParallel)
                ThreadTeam.Current.Run(this, parts);
            else
                RunAlone(parts);
        }

        public override void Run(int part)
        {
            for (var place = part * PartPasses; place < Math.Min(_count, (part + 1) * PartPasses); place++)
            {
                var prediction = predictions.AsSpan(place * _outputs, _outputs);
                owner._draws.Score(_first + place, features, prediction);
                owner._network.Link.Apply(prediction);
            }
        }
    }
}
