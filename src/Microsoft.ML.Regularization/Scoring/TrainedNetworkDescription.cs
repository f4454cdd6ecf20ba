using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>All of a trained network but its weights, as a model file has it.</summary>
internal sealed record TrainedNetworkDescription(
    string Task,
    int Outputs,
    NetworkArchitecture Architecture,
    InputScaling InputScaling,
    RegularizationRecipe Recipe,
    TrainingRecord Training,
    InputLayout Input,
    TrainingHistory History)
{
    // A history of 100,000 epochs takes half of it.
    private const int MostBytes = 1 << 26;

    [JsonIgnore]
    public LearningTask LearnedTask => LearningTasks.Find(Task) ?? throw new JsonException($"There is no task '{Task}'.");

    /// <summary>Fills in missing numbers; null for an input that has none.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>The network's input once missing numbers are filled in.</summary>
    [JsonIgnore]
    public InputLayout FilledInput => Imputation?.Of(Input) ?? Input;

    /// <summary>Null for classes.</summary>
    public TargetScale? TargetScale { get; init; }

    public static TrainedNetworkDescription Of(TrainedNetwork network) => new(
        network.Task.Name, network.Outputs, network.Architecture, network.Outcome.InputScaler?.Scaling ?? InputScaling.None, network.Recipe, network.Training,
        network.Input, network.History)
    {
        Imputation = network.Outcome.Imputation,
        TargetScale = network.Outcome.TargetScale,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options);

    /// <exception cref="FormatException">It is no description, or of no network that can be.</exception>
    public static TrainedNetworkDescription Read(IHost host, ModelStream stream, string checksum)
    {
        try
        {
            var description = StrictJson.Read<TrainedNetworkDescription>(stream.Read(checksum, MostBytes));
            description.Check(host);
            return description;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw stream.Fault($"is damaged, or was written by a newer version: {exception.Message}", exception);
        }
    }

    /// <summary>The tensors of the network.</summary>
    /// <param name="most">Numbers that there may be.</param>
    /// <exception cref="InvalidDataException">There are more.</exception>
    public TensorList TensorsIn(long most)
    {
        var tensors = new TensorList(Recipe, most);
        if (InputScaling != InputScaling.None)
        {
            tensors.Add(InputScaler.CenterName, FilledInput.Numbers);
            tensors.Add(InputScaler.FactorName, FilledInput.Numbers);
        }

        Architecture.ListTensors(tensors, FilledInput, Outputs);
        return tensors;
    }

    // What scoring and the tensors depend on; the rest of the recipe is there to be read.
    private void Check(IExceptionContext context)
    {
        Architecture.Validate(context);
        InputLayoutCheck.Check(context, Input, Architecture);
        Imputation?.CheckSize(context, Input);
        context.CheckBetween(Outputs, nameof(Outputs), 1, int.MaxValue);
        if (!LearnedTask.Fits(Outputs, TargetScale))
            throw context.ExceptUserArg(nameof(Outputs), $"A network for {Task} has no such outputs or target.");
        context.CheckDefined(InputScaling, nameof(InputScaling));
        context.CheckBetween(InputScaling == InputScaling.None ? 1 : Input.Numbers, nameof(Input.Numbers), 1, int.MaxValue);
        Recipe.Dropout?.Validate(context);
        Recipe.StochasticDepth?.Validate(context);
        if (TargetScale is { } scale)
        {
            context.CheckBetween(scale.Mean, $"{nameof(TargetScale)}.{nameof(scale.Mean)}", float.MinValue, float.MaxValue);
            context.CheckBetween(scale.Deviation, $"{nameof(TargetScale)}.{nameof(scale.Deviation)}", 0, float.MaxValue);
        }

        context.CheckDefined(History.StopReason, nameof(History.StopReason));
        context.CheckAtLeast(History.ModelEpoch, nameof(History.ModelEpoch), 0);
        context.CheckAtLeast(History.TrainingRows, nameof(History.TrainingRows), 0);
        context.CheckAtLeast(History.ValidationRows, nameof(History.ValidationRows), 0);
        context.CheckAtLeast(History.SkippedRows, nameof(History.SkippedRows), 0);
    }
}
