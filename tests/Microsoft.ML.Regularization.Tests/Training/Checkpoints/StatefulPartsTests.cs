using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>Whatever a training run reaches and can change is in its checkpoint, or is named here with the reason why it need not be.</summary>
[TestClass]
public sealed class StatefulPartsTests
{
    private static readonly Dictionary<Type, string> NeedNotBeKept = new()
    {
        [typeof(Collator)] = "makes room for larger batches",
        [typeof(MixedMatrix)] = "draws its mask anew in every step",
        [typeof(NoiseBuffer)] = "is filled anew in every step",
        [typeof(Network)] = "has parameters and buffers, which NetworkState keeps; scaling is put in once, mixing set for a step",
        [typeof(TrainingClock)] = "is kept by NetworkState",
        [typeof(NetworkBuilder)] = "counts layers while the network is made",
        [typeof(InitialWeights)] = "counts layers while the network is made",
        [typeof(NoiseSource)] = "counts layers while the network is made",
        [typeof(BatchNormLayer)] = "has another momentum only within a scope; its statistics are buffers",
        [typeof(SleepingTeam)] = "knows whether it is held",
        [typeof(SparseRows)] = "holds the rows of a batch",
        [typeof(SlotIndex)] = "is filled anew for every batch",
        [typeof(SlotMatrix)] = "knows the slots that a step touches, and forgets them at its end",
        [typeof(AdamUpdate)] = "computes its coefficients anew in every step",
        [typeof(MuonUpdate)] = "computes its coefficients anew in every step",
        [typeof(NewtonSchulz)] = "fills its memory anew for every matrix",
        [typeof(CheckpointWriter)] = "knows which best weights are in the file",
        [typeof(Evaluator)] = "keeps outputs for the cohort that the run is in, which keeps them itself",
        [typeof(TrainingRun)] = "knows why it was interrupted, which ends with the process",
        [typeof(CohortWorkers)] = "knows what its threads work on",
        [typeof(RunCheckpoint)] = "forgets what it found",
        [typeof(CheckpointState)] = "is the state",
    };

    // What a run is told does not change, and its data draws the rows of an epoch by the epoch's number.
    private static readonly Type[] Given = [typeof(TrainingSettings), typeof(RegularizationRecipe), typeof(ITrainingData), typeof(Dataset)];

    [TestMethod]
    public void Every_part_that_changes_is_checkpointed_or_need_not_be()
    {
        var changing = Reached(typeof(TrainingRun)).Where(type => FieldsOf(type).Any(CanChange)).ToList();
        var forgotten = changing.Where(type => !Checkpoints(type) && !NeedNotBeKept.ContainsKey(type)).Select(type => type.FullName);
        Assert.IsEmpty(forgotten, string.Join(", ", forgotten));
        CollectionAssert.IsSubsetOf(NeedNotBeKept.Keys, changing, "all that is named here is reached and changes");
        Assert.IsGreaterThan(7, changing.Count(Checkpoints));
    }

    // What a base keeps are its own fields.
    private static bool Checkpoints(Type type) =>
        type.IsAssignableTo(typeof(ICheckpointed))
        && type.GetMethod(nameof(ICheckpointed.Checkpoint), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) is not null;

    /// <summary>The library's types whose instances one of the given type reaches, aside from what the run is told.</summary>
    private static HashSet<Type> Reached(Type start)
    {
        var reached = new HashSet<Type>();
        var open = new Stack<Type>([start]);
        while (open.TryPop(out var type))
        {
            if (type.Assembly != start.Assembly || type.IsEnum || Given.Contains(type) || IsOver(type) || !reached.Add(type))
                continue;
            var fields = FieldsOf(type).Select(field => field.FieldType);
            var ofFields = fields.SelectMany(field => field.GetGenericArguments().Append(field.GetElementType() ?? field));
            var derived = start.Assembly.GetTypes().Where(other => other.IsAssignableTo(type));
            foreach (var next in ofFields.Concat(derived).Append(type.BaseType ?? start))
                open.Push(next);
        }

        return reached;
    }

    // A work lasts no longer than the call that gives it to the threads, and a pass no longer than the step: each one writes all memory anew.
    private static bool IsOver(Type type) => type.IsAssignableTo(typeof(TeamWork)) || type == typeof(PassSequence);

    private static IEnumerable<FieldInfo> FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    // Parameters of a primary constructor are fields that nobody writes.
    private static bool CanChange(FieldInfo field) => !field.IsInitOnly && !field.Name.EndsWith(">P", StringComparison.Ordinal);
}
