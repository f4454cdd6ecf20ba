using Microsoft.ML.Regularization.Ensembles;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Trains networks of groups on all processors of this process, each on one thread, so that its numbers do not depend on how many there are.</summary>
/// <param name="host">The environment.</param>
/// <param name="prepare">Makes rows that a common model's network reads.</param>
/// <param name="options">How, who is told, and what cancels.</param>
/// <param name="seed">Of the training.</param>
internal sealed class LocalGroupWork(IHost host, Func<CommonModel, IDataView> prepare, GroupOptions options, int seed) : IGroupWork
{
    private (CommonModel Model, GroupTraining Training)? _last;

    // Not before there is something to train: where libtorch is missing, the common fit says so.
    private CohortWorkers? _workers;

    public CommonModel? FindCommon(bool isCompared) => null;

    public double[] Compare(CommonModel common, GroupSplit split, IReadOnlyList<double?> pulls)
    {
        var training = TrainingOf(common);
        var losses = new double[split.Groups.Count, pulls.Count];
        Run(losses.Length, isComparing: true, item =>
        {
            var (group, pull) = Math.DivRem(item, pulls.Count);
            losses[group, pull] = training.TryLoss(split.TrainedOf(split.Groups[group]), split.HeldOutOf(split.Groups[group]), pulls[pull]);
        });
        return [.. Enumerable.Range(0, pulls.Count).Select(pull => Enumerable.Range(0, split.Groups.Count).Sum(group => losses[group, pull]))];
    }

    public IReadOnlyList<GroupFit> Fit(CommonModel common, GroupRows groups, double pull) =>
        Fit(TrainingOf(common), groups, Enumerable.Range(0, groups.Names.Count), pull);

    /// <summary>Some of the groups.</summary>
    public IReadOnlyList<GroupFit> Fit(GroupTraining training, GroupRows groups, IEnumerable<int> some, double pull)
    {
        var fits = some.Select(group => (Group: group, Fit: groups.Without(group))).ToArray();
        var large = Enumerable.Range(0, fits.Length).Where(place => fits[place].Fit.Rows >= options.MinRows).ToList();
        Run(large.Count, isComparing: false, item => fits[large[item]].Fit = training.TryFit(fits[large[item]].Fit, groups[fits[large[item]].Group], pull));
        return [.. fits.Select(fit => fit.Fit)];
    }

    /// <summary>Does something with each of some networks.</summary>
    public void Run(int count, bool isComparing, Action<int> train)
    {
        var done = 0;
        _workers ??= new CohortWorkers(CohortWorkers.CountFor(TorchSharp.torch.CPU), TorchSharp.torch.CPU);
        _workers.Run(count, item =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            train(item);
            options.Progress?.Report(new GroupProgress(Interlocked.Increment(ref done), count, isComparing));
        });
    }

    public void Dispose() => _workers?.Dispose();

    // The compared model is the final one where few rows were held out: its rows are prepared once.
    private GroupTraining TrainingOf(CommonModel common)
    {
        if (_last is not { } last || last.Model != common)
            _last = last = (common, common.TrainingOn(host, prepare(common), options, seed));
        return last.Training;
    }
}
