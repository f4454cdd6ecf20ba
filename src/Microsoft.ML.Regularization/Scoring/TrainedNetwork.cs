using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A trained neural network for any task: its task, architecture, regularization, history and weights, and the settings it was trained with; or several that
/// predict together: see <see cref="Members"/>. To get it from a model, see <see cref="NeuralNetworkCatalog.GetNeuralNetwork"/>.
/// </summary>
public sealed class TrainedNetwork
{
    private readonly TrainedParts? _parts;

    internal TrainedNetwork(
        IExceptionContext context,
        LearningTask task,
        NetworkArchitecture architecture,
        RegularizationRecipe recipe,
        TrainingRecord training,
        InputLayout input,
        int outputs,
        TrainingOutcome outcome,
        NetworkKeys? keys = null)
    {
        Training = training;
        Keys = keys ?? NetworkKeys.Counted(input);
        Architecture = architecture;
        Recipe = recipe;
        Input = input;
        FilledInput = input.Filled(outcome.Imputation, outcome.Flags);
        Outputs = outputs;
        Outcome = outcome;
        Task = task;
        Link = outcome.CreateLink(task);
        Scores = task.CreateScores(outputs, Link);
        _parts = new TrainedParts(context, recipe, FilledInput, outputs, outcome.Weights, outcome.InputScaler);
        Scorer = architecture.CreateScorer(_parts);
    }

    /// <summary>Several networks that predict together.</summary>
    /// <param name="members">At least one; of the same task, with the same outputs, on rows of the same columns.</param>
    /// <param name="history">How they were trained together.</param>
    /// <param name="shares">How much each network counts; they sum to 1. Null for all alike.</param>
    internal TrainedNetwork(IReadOnlyList<TrainedNetwork> members, TrainingHistory history, IReadOnlyList<double>? shares = null)
    {
        var first = members[0];
        (Task, Training, Architecture, Recipe, Keys, Outputs) = (first.Task, first.Training, first.Architecture, first.Recipe, first.Keys, first.Outputs);
        Members = [.. members];
        Shares = shares ?? EnsembleParts.Alike(members.Count);
        Scorer = EnsembleParts.CreateScorer(Members, Shares);
        Input = first.Input with { IsSparse = Scorer is ISparseScorer };
        FilledInput = Input;
        Outcome = EnsembleParts.OutcomeOf(Members, history);
        Link = Outcome.CreateLink(Task);
        Scores = Task.CreateScores(Outputs, Link);
    }

    /// <summary>The task that the network was trained for.</summary>
    public LearningTask Task { get; }

    /// <summary>
    /// The networks whose mean it predicts, of probabilities or of numbers: see <see cref="NeuralNetworkOptions.Members"/> and
    /// <see cref="NeuralNetworkOptions.Folds"/>. Those of the first fold come first. Each has its own weights, history, settings and scales. Empty for a network
    /// that predicts by itself.
    /// </summary>
    public IReadOnlyList<TrainedNetwork> Members { get; } = [];

    /// <summary>The network's shape; of several networks that of the first.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>The regularization it was trained with; of several networks that of the first.</summary>
    public RegularizationRecipe Recipe { get; }

    /// <summary>The loss it was trained on.</summary>
    public LossFunction Loss => Training.Loss;

    /// <summary>The other settings it was trained with; of several networks those of the first.</summary>
    public TrainingRecord Training { get; }

    /// <summary>
    /// How training went, epoch by epoch. Of several networks, what an epoch reports is the mean over the networks that trained in it, and the metrics are those
    /// of their mean prediction; with folds, the mean over the folds. Each of the <see cref="Members"/> has a history of its own.
    /// </summary>
    public TrainingHistory History => Outcome.History;

    /// <summary>
    /// The trained parameters, the running statistics of batch normalization, and the scaling of the features. Of several networks those of all: the names
    /// begin with <c>members.0.</c> for the first one.
    /// </summary>
    public IReadOnlyList<NetworkTensor> Weights => Outcome.Weights.Tensors;

    /// <summary>How much each of the members counts; they sum to 1.</summary>
    internal IReadOnlyList<double> Shares { get; } = [];

    /// <summary>Whether it predicts the mean of several networks.</summary>
    internal bool IsEnsemble => Members.Count > 0;

    /// <summary>The layout of the columns' values.</summary>
    internal InputLayout Input { get; }

    /// <summary>The network's input: the numbers of the columns with missing ones filled in, and their indicators.</summary>
    internal InputLayout FilledInput { get; }

    /// <summary>The values that keys stand for in the network.</summary>
    internal NetworkKeys Keys { get; }

    internal int Outputs { get; }

    /// <summary>Weights, history and scales; of several networks each has scales of its own.</summary>
    internal TrainingOutcome Outcome { get; }

    /// <summary>The parts of the network that scoring needs.</summary>
    /// <exception cref="InvalidOperationException">There are several networks.</exception>
    internal TrainedParts Parts => _parts ?? throw new InvalidOperationException("Several networks have no parts in common.");

    internal INetworkScorer Scorer { get; }

    /// <summary>Turns the scorer's outputs into predictions.</summary>
    internal OutputLink Link { get; }

    /// <summary>Turns the scorer's outputs into columns.</summary>
    internal ScoreColumns Scores { get; }

    /// <summary>Frees what scoring holds of libtorch's memory, until a row comes again.</summary>
    internal void Release() => (Scorer as IDisposable)?.Dispose();
}
