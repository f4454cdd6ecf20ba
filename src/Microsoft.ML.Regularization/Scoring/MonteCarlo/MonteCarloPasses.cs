using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>The networks of Monte-Carlo prediction, drawn once, and the spread of their predictions. Safe to use from many threads.</summary>
internal sealed class MonteCarloPasses : IDisposable
{
    private const int MostAtOnce = 64;

    private readonly int _outputs;
    private readonly MemberDraws[] _members;

    // Of each pass, the network and which of its draws.
    private readonly (int Member, int Draw)[] _passes;

    public MonteCarloPasses(TrainedNetwork network, int passes, int seed)
    {
        _outputs = network.Outputs;
        var key = RandomKey.FromSeed(seed).Derive("Monte-Carlo prediction");
        _members = network.IsEnsemble ? MemberDraws.OfMembers(network, passes, key) : [MemberDraws.Of(network, passes, key)];
        _passes = [.. _members.SelectMany((member, i) => Enumerable.Range(0, member.Count).Select(draw => (i, draw)))];
    }

    /// <summary>Whether all passes predict the same.</summary>
    public bool AreAlike => _members.Length == 1 && _members[0].AreAlike;

    /// <summary>
    /// Mean and standard deviation of a row's predictions: of each network in one run over its passes (Welford, 1962), then of all by the law of total variance,
    /// without bias: the mean variance within the networks, and the variance of their means less what the few passes of each add to it.
    /// </summary>
    /// <param name="features">One value for each input.</param>
    /// <param name="mean">Receives one value for each output.</param>
    /// <param name="deviation">Receives one value for each output.</param>
    public void Predict(ReadOnlySpan<float> features, Span<float> mean, Span<float> deviation)
    {
        var row = new RowPasses(this, features);
        var (means, squares) = (new double[_members.Length * _outputs], new double[_members.Length * _outputs]);
        for (var pass = 0; pass < _passes.Length; pass++)
        {
            if (pass % MostAtOnce == 0)
                row.Score(pass, Math.Min(MostAtOnce, _passes.Length - pass));
            var prediction = row.PredictionOf(pass);
            var (member, draw) = _passes[pass];
            for (var i = 0; i < _outputs; i++)
            {
                ref var ownMean = ref means[member * _outputs + i];
                var difference = prediction[i] - ownMean;
                ownMean += difference / (draw + 1);
                squares[member * _outputs + i] += difference * (prediction[i] - ownMean);
            }
        }

        for (var i = 0; i < _outputs; i++)
            (mean[i], deviation[i]) = Total(means, squares, i);
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }

    private (float Mean, float Deviation) Total(double[] means, double[] squares, int output)
    {
        var (mean, variance) = (0.0, 0.0);
        foreach (var (i, member) in _members.Index())
            mean += member.Share * means[i * _outputs + output];
        foreach (var (i, member) in _members.Index())
        {
            // A mean of n passes varies by a part 1 / n of what they vary, and the mean of all follows it by its share.
            var within = member.Count > 1 ? squares[i * _outputs + output] / (member.Count - 1) * (1 - (1 - member.Share) / member.Count) : 0;
            var between = means[i * _outputs + output] - mean;
            variance += member.Share * (within + between * between);
        }

        return ((float)mean, (float)Math.Sqrt(variance));
    }

    /// <summary>The predictions of one row by some passes, which the threads of a team share.</summary>
    private sealed class RowPasses : TeamWork
    {
        private const int PartPasses = 8;

        private readonly MonteCarloPasses _owner;
        private readonly float[][] _rows;
        private readonly float[] _predictions;
        private int _first;
        private int _count;

        public RowPasses(MonteCarloPasses owner, ReadOnlySpan<float> features)
        {
            _owner = owner;
            _rows = new float[owner._members.Length][];
            for (var i = 0; i < _rows.Length; i++)
                _rows[i] = owner._members[i].Fill(features);
            _predictions = new float[Math.Min(owner._passes.Length, MostAtOnce) * owner._outputs];
        }

        public ReadOnlySpan<float> PredictionOf(int pass) => _predictions.AsSpan((pass - _first) * _owner._outputs, _owner._outputs);

        public void Score(int first, int count)
        {
            (_first, _count) = (first, count);
            var parts = (count + PartPasses - 1) / PartPasses;
            if (Array.TrueForAll(_owner._members, member => member.AreParallel))
                ThreadTeam.Current.Run(this, parts);
            else
                RunAlone(parts);
        }

        public override void Run(int part)
        {
            for (var place = part * PartPasses; place < Math.Min(_count, (part + 1) * PartPasses); place++)
            {
                var (member, draw) = _owner._passes[_first + place];
                _owner._members[member].Predict(draw, _rows[member], _predictions.AsSpan(place * _owner._outputs, _owner._outputs));
            }
        }
    }
}
