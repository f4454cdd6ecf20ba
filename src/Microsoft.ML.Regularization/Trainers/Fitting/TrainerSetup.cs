using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The settings of a trainer and the state that all parts of its fits share.</summary>
internal sealed class TrainerSetup
{
    private readonly string _loadName;

    public TrainerSetup(IHostEnvironment env, string loadName, LearningTask task, NeuralNetworkOptions options)
    {
        Plan = NeuralNetworkOptionsCheck.Check(env, options, task);
        Host = env.Register(loadName);
        Task = task;
        Options = options;
        _loadName = loadName;
        AskedSeed = Seeds.Asked(env, options.Seed);
        Seed = Seeds.Resolve(env, options.Seed);
    }

    private TrainerSetup(TrainerSetup other, SelfSupervisedTask task, NeuralNetworkOptions options)
        : this(other, options, NeuralNetworkOptionsCheck.Check(other.Host, options, task)) => Task = task;

    private TrainerSetup(TrainerSetup other, NeuralNetworkOptions options, TrainingPlan plan)
    {
        (Host, Task, Options, AskedSeed, Seed, _loadName) = (other.Host, other.Task, options, other.AskedSeed, other.Seed, other._loadName);
        IsOfGroup = other.IsOfGroup;
        Plan = plan;
    }

    public IHost Host { get; }

    public LearningTask Task { get; }

    /// <summary>What is learned of rows without labels; null for a fit.</summary>
    public PretextTask? Pretext => (Task as SelfSupervisedTask)?.Pretext;

    public NeuralNetworkOptions Options { get; }

    public TrainingPlan Plan { get; }

    /// <summary>Whether the rows are those of a group, on which a network of all groups trains on: see <see cref="GroupCatalog.FitEach"/>.</summary>
    public bool IsOfGroup { get; init; }

    /// <summary>The seed that was asked for; null if it was drawn.</summary>
    public int? AskedSeed { get; }

    public int Seed { get; }

    /// <summary>The setup that goes on from a network: with its architecture and its number of members, where the options leave the architecture null.</summary>
    public TrainerSetup Behind(TrainedNetwork network) => Options.Architecture is not null
        ? this
        : Of(Options with { Architecture = network.Architecture, Members = Options.Members ?? Math.Max(1, network.Members.Count) });

    /// <summary>The setup for such features: see <see cref="EffortFit.For"/>.</summary>
    public TrainerSetup For(IChannel channel, TrainingColumns columns) => EffortFit.For(this, channel, columns);

    /// <summary>The setup that trains a student alone: see <see cref="NeuralNetworkOptions.DistillInto"/>.</summary>
    public TrainerSetup Student() => Of(StudentOptions.Of(Options, Plan.Architecture));

    /// <summary>The setup for such rows: with as many networks as they are worth, see <see cref="EffortFit.Networks"/>, and then a plan that goes by them.</summary>
    public TrainerSetup For(IChannel channel, IDataView view, TrainingColumns columns, TrainingSet data, bool isValidated, bool goesOn, FitWatch watch) =>
        EffortFit.Networks(this, channel, view, columns, data, isValidated, goesOn, watch).With(channel, columns, data);

    /// <summary>The setup with a plan that goes by the rows.</summary>
    public TrainerSetup With(IChannel channel, TrainingColumns columns, TrainingSet data) => new(this, Options, FitPlan.Of(Plan, channel, columns, data));

    /// <summary>The setup with the networks of an effort, which are never refused.</summary>
    public TrainerSetup With(EffortNetworks networks)
    {
        var options = networks.Of(Options);
        return new(this, options, TrainingPlan.Of(options, Task));
    }

    /// <summary>The setup of a run on rows without labels: see <see cref="PretrainingPlan.Of"/>.</summary>
    public TrainerSetup ForPretraining(PretextTask pretext, NeuralNetworkOptions options) => new(this, new SelfSupervisedTask(pretext), options);

    /// <summary>The setup with other options.</summary>
    public TrainerSetup Of(NeuralNetworkOptions options) => new(this, options, NeuralNetworkOptionsCheck.Check(Host, options, Task));

    /// <summary>The key that all randomness of a fit comes from.</summary>
    public RandomKey KeyOf(int seed) => Pretext is null ? RandomKey.FromSeed(seed).Derive(_loadName) : RandomKey.FromSeed(seed).Derive(_loadName).Derive("pre-training");

    /// <summary>Tells when a fit that starts now is to end.</summary>
    public FitWatch Watch() => new(new FitClock(Options.Time, Options.TimeLimit, Options.DistillInto is null ? 1 : StudentOptions.TeacherPart), Host, Options.CancellationToken);

    /// <summary>Keeps the memory that a step frees where that is asked for, or pays; null where not.</summary>
    public IDisposable? HoldMemory() => Options.KeepMemory ?? Plan.Architecture.GainsByKeptMemory ? KeptMemory.Hold() : null;
}
