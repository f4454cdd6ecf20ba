using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Selects a pack's ensemble while its networks train, and lets those leave that no longer improve.</summary>
/// <param name="options">How.</param>
/// <param name="rows">The validation rows.</param>
/// <param name="members">The pack's.</param>
/// <param name="patience">All end after twice as many epochs without a better ensemble.</param>
internal sealed class PackSelection(PackOptions options, PackRows rows, IReadOnlyList<PackMember> members, int patience) : ICohortObserver
{
    private double _loss = double.PositiveInfinity;
    private int _wait;

    public IReadOnlyList<PackMember> Members => members;

    /// <summary>The metric of the best ensemble so far; smaller is better.</summary>
    public double Loss => _loss;

    /// <summary>The best ensemble so far.</summary>
    public List<PackSnapshot> Ensemble { get; private set; } = [];

    /// <summary>The round that it was selected in, those of all waves counted.</summary>
    public int Round { get; private set; }

    /// <summary>Of each round, those of all waves counted, what the networks did on the mean, and the metrics of the best ensemble so far.</summary>
    public List<EpochReport> Reports { get; private set; } = [];

    /// <summary>Called before other networks come into their turn, which are given time to improve the ensemble.</summary>
    public void BeginWave() => _wait = 0;

    public void AfterRound(Cohort cohort, int round)
    {
        var latest = new List<(PackMember Member, float[] Predictions)>();
        foreach (var member in members)
        {
            var networks = member.NetworksIn(cohort.Members);
            if (networks.Count == 0)
                continue;
            if (networks.Any(network => network.Epochs.Count != round || network.End == StopReason.Diverged))
            {
                member.Leave(cohort);
                continue;
            }

            var predictions = rows.Predict(networks.Select(network => (network.ValidationOutputs, network.Encoding.Scale)));
            member.Observe(cohort, round, predictions, LossOf(predictions));
            latest.Add((member, predictions));
        }

        if (latest.Count == 0)
            return;
        Select(cohort, round, latest);
        var reports = latest.SelectMany(one => one.Member.NetworksIn(cohort.Members)).Select(network => network.Epochs[^1]).ToList();
        Reports.Add(MeanReport.Of(reports, rows.Measure(MeanOf(Ensemble))) with { Fold = null, Epoch = Reports.Count + 1 });
        foreach (var (member, _) in latest.Where(one => one.Member.IsExhausted || _wait >= 2 * patience))
            member.Leave(cohort);
    }

    /// <summary>The mean of what snapshots predict.</summary>
    public static float[] MeanOf(IReadOnlyList<PackSnapshot> snapshots)
    {
        var mean = new float[snapshots[0].Predictions.Length];
        foreach (var snapshot in snapshots)
            TensorPrimitives.Add(mean, snapshot.Predictions, mean);
        TensorPrimitives.Divide(mean, snapshots.Count, mean);
        return mean;
    }

    public void Checkpoint(CheckpointState state)
    {
        _loss = state.Value("loss", _loss);
        _wait = state.Value("wait", _wait);
        Round = state.Value("round", Round);
        Reports = state.Value("reports", Reports);
        var count = state.Value("snapshots", Ensemble.Count);
        if (state.IsReading)
            Ensemble = [.. Enumerable.Range(0, count).Select(_ => new PackSnapshot())];
        for (var i = 0; i < count; i++)
            state.Part(string.Create(CultureInfo.InvariantCulture, $"ensemble.{i}"), Ensemble[i]);
        foreach (var member in members)
            state.Part(string.Create(CultureInfo.InvariantCulture, $"member.{member.Number}"), member);
    }

    private void Select(Cohort cohort, int round, List<(PackMember Member, float[] Predictions)> latest)
    {
        var known = Ensemble.Concat(members.Select(member => member.Best).OfType<PackSnapshot>()).DistinctBy(one => (one.Member, one.Epoch)).ToList();
        var isKnown = known.Select(one => (one.Member, one.Epoch)).ToHashSet();
        var added = latest.Where(one => !isKnown.Contains((one.Member.Number, round))).ToList();
        List<float[]> pool = [.. known.Select(one => rows.Metric.Reduce(one.Predictions)), .. added.Select(one => rows.Metric.Reduce(one.Predictions))];
        List<int> groups = [.. known.Select(one => one.Member), .. added.Select(one => one.Member.Number)];
        var greedy = new GreedySelection { MostMembers = options.MaxSnapshots, FirstMembers = options.FirstMembers };
        if (greedy.Select(pool, rows.Metric, groups) is not { } selection || !(selection.Loss < _loss))
        {
            _wait++;
            return;
        }

        (_loss, _wait, Round) = (selection.Loss, 0, Reports.Count + 1);
        Ensemble = [.. selection.Members.Select(place => place < known.Count
            ? known[place]
            : added[place - known.Count].Member.Snapshot(cohort, round, added[place - known.Count].Predictions))];
    }

    private double LossOf(float[] predictions)
    {
        var reduced = rows.Metric.Reduce(predictions);
        return rows.Metric.Measure(new float[reduced.Length], reduced, 1);
    }
}
