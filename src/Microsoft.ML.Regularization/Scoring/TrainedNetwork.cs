using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A trained neural network, whatever it predicts: its task, architecture, regularization, history and weights, and what it was trained with. It is inside a
/// model: see <see cref="NeuralNetworkCatalog.GetNeuralNetwork"/>.
/// </summary>
public sealed class TrainedNetwork
{
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
        FilledInput = outcome.Imputation?.Of(input) ?? input;
        Outputs = outputs;
        Outcome = outcome;
        Task = task;
        Link = task.CreateLink(outcome.TargetScale);
        Scores = task.CreateScores(outputs, Link);
        Parts = new TrainedParts(context, recipe, FilledInput, outputs, outcome.Weights, outcome.InputScaler);
        Scorer = architecture.CreateScorer(Parts);
    }

    /// <summary>What the network learned to predict.</summary>
    public LearningTask Task { get; }

    /// <summary>The network's shape.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>The regularization it was trained with.</summary>
    public RegularizationRecipe Recipe { get; }

    /// <summary>The loss it was trained on.</summary>
    public LossFunction Loss => Training.Loss;

    /// <summary>What else it was trained with.</summary>
    public TrainingRecord Training { get; }

    /// <summary>How training went, epoch by epoch.</summary>
    public TrainingHistory History => Outcome.History;

    /// <summary>The trained parameters, the running statistics of batch normalization, and the scaling of the features.</summary>
    public IReadOnlyList<NetworkTensor> Weights => Outcome.Weights.Tensors;

    /// <summary>What the columns hold.</summary>
    internal InputLayout Input { get; }

    /// <summary>What the network reads: the columns' numbers without gaps, and indicators of them.</summary>
    internal InputLayout FilledInput { get; }

    /// <summary>What keys mean to it.</summary>
    internal NetworkKeys Keys { get; }

    internal int Outputs { get; }

    /// <summary>Weights, history and scales.</summary>
    internal TrainingOutcome Outcome { get; }

    /// <summary>What scoring needs of it.</summary>
    internal TrainedParts Parts { get; }

    internal INetworkScorer Scorer { get; }

    /// <summary>Makes predictions of what the scorer gives.</summary>
    internal OutputLink Link { get; }

    /// <summary>Makes columns of what the scorer gives.</summary>
    internal ScoreColumns Scores { get; }

    /// <summary>Frees what scoring holds of libtorch's memory, until a row comes again.</summary>
    internal void Release() => (Scorer as IDisposable)?.Dispose();
}
