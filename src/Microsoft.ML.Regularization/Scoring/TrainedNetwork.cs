using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A trained neural network for any task: its task, architecture, regularization, history and weights, and the settings it was trained with. To get it from a
/// model, see <see cref="NeuralNetworkCatalog.GetNeuralNetwork"/>.
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

    /// <summary>The task that the network was trained for.</summary>
    public LearningTask Task { get; }

    /// <summary>The network's shape.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>The regularization it was trained with.</summary>
    public RegularizationRecipe Recipe { get; }

    /// <summary>The loss it was trained on.</summary>
    public LossFunction Loss => Training.Loss;

    /// <summary>The other settings it was trained with.</summary>
    public TrainingRecord Training { get; }

    /// <summary>How training went, epoch by epoch.</summary>
    public TrainingHistory History => Outcome.History;

    /// <summary>The trained parameters, the running statistics of batch normalization, and the scaling of the features.</summary>
    public IReadOnlyList<NetworkTensor> Weights => Outcome.Weights.Tensors;

    /// <summary>The layout of the columns' values.</summary>
    internal InputLayout Input { get; }

    /// <summary>The network's input: the numbers of the columns with missing ones filled in, and their indicators.</summary>
    internal InputLayout FilledInput { get; }

    /// <summary>The values that keys stand for in the network.</summary>
    internal NetworkKeys Keys { get; }

    internal int Outputs { get; }

    /// <summary>Weights, history and scales.</summary>
    internal TrainingOutcome Outcome { get; }

    /// <summary>The parts of the network that scoring needs.</summary>
    internal TrainedParts Parts { get; }

    internal INetworkScorer Scorer { get; }

    /// <summary>Turns the scorer's outputs into predictions.</summary>
    internal OutputLink Link { get; }

    /// <summary>Turns the scorer's outputs into columns.</summary>
    internal ScoreColumns Scores { get; }

    /// <summary>Frees what scoring holds of libtorch's memory, until a row comes again.</summary>
    internal void Release() => (Scorer as IDisposable)?.Dispose();
}
