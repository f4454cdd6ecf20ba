using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>One of the settings that a pack tries: a network, or one for each fold.</summary>
/// <param name="number">From 0.</param>
/// <param name="networks">The places of its networks in the cohort, fold by fold.</param>
internal sealed class PackMember(int number, IReadOnlyList<int> networks) : ICheckpointed
{
    public int Number => number;

    /// <summary>Its best epoch; null before any.</summary>
    public PackSnapshot? Best { get; private set; }

    /// <summary>The metric of its best epoch; smaller is better.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs since then.</summary>
    public int Wait { get; private set; }

    public IReadOnlyList<CohortMember> NetworksIn(Cohort cohort) => [.. networks.Select(place => cohort.Members[place])];

    /// <summary>The weights of its networks as they are now, where they all are.</summary>
    public PackSnapshot Snapshot(Cohort cohort, int epoch, float[] predictions) =>
        PackSnapshot.Of(number, epoch, predictions, [.. NetworksIn(cohort).Select(network => network.Snapshot())]);

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
        foreach (var network in NetworksIn(cohort))
            network.Keep();
    }

    public void Leave(Cohort cohort)
    {
        foreach (var network in NetworksIn(cohort))
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
