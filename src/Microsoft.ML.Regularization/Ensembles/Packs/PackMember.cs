using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>One of the settings that a pack tries: a network, or one for each fold.</summary>
/// <param name="number">From 0.</param>
/// <param name="settings">Of its networks.</param>
/// <param name="patience">Epochs without improvement after which it leaves.</param>
internal sealed class PackMember(int number, TrainingSettings settings, int patience) : ICheckpointed
{
    public int Number => number;

    public TrainingSettings Settings => settings;

    /// <summary>Its best epoch; null before any.</summary>
    public PackSnapshot? Best { get; private set; }

    /// <summary>The metric of its best epoch; smaller is better.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs since then.</summary>
    public int Wait { get; private set; }

    /// <summary>Whether it has not improved for so long that it is to leave.</summary>
    public bool IsExhausted => Wait >= patience;

    /// <summary>Those of some networks that are its own, fold by fold.</summary>
    public IReadOnlyList<CohortMember> NetworksIn(IEnumerable<CohortMember> all) => [.. all.Where(network => network.Plan.Place.Member == number + 1)];

    /// <summary>The weights of its networks as they are now, where they all are.</summary>
    public PackSnapshot Snapshot(Cohort cohort, int epoch, float[] predictions) =>
        PackSnapshot.Of(number, epoch, predictions, [.. NetworksIn(cohort.Members).Select(network => network.Snapshot())]);

    /// <summary>Takes in an epoch.</summary>
    public void Observe(Cohort cohort, int epoch, float[] predictions, double loss)
    {
        if (!(loss < BestLoss))
        {
            Wait++;
            return;
        }

        (BestLoss, Wait) = (loss, 0);
        Best = Snapshot(cohort, epoch, predictions);
        foreach (var (network, weights) in NetworksIn(cohort.Members).Zip(Best.Weights))
            network.Keep(weights);
    }

    public void Leave(Cohort cohort)
    {
        foreach (var network in NetworksIn(cohort.Members))
            network.EndBy(StopReason.PatienceExhausted);
    }

    public void Checkpoint(CheckpointState state)
    {
        BestLoss = state.Value("bestLoss", BestLoss);
        Wait = state.Value("wait", Wait);
        if (state.Value("hasBest", Best is not null))
            state.Part("best", Best ??= new PackSnapshot());
    }
}
