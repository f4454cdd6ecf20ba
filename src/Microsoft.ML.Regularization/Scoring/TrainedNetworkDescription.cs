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
    // The histories of 400,000 epochs of all networks take half of it.
    private const int MostBytes = 1 << 28;

    [JsonIgnore]
    public LearningTask LearnedTask => LearningTasks.Find(Task) ?? throw new JsonException($"There is no task '{Task}'.");

    /// <summary>Fills in missing numbers; null for an input that has none.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>See <see cref="InputLayout.Flags"/>; null where there are none.</summary>
    public ValueList<int>? Flags { get; init; }

    /// <summary>The network's input once missing numbers are filled in.</summary>
    [JsonIgnore]
    public InputLayout FilledInput => Input.Filled(Imputation, Flags ?? []);

    /// <summary>Knots of a number where <see cref="InputScaling.NormalQuantiles"/> scales it; 0 for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ScalingKnots { get; init; }

    /// <summary>Null for classes.</summary>
    public TargetScale? TargetScale { get; init; }

    /// <summary>Of networks that predict together the description of each; null for one that predicts by itself.</summary>
    public ValueList<TrainedNetworkDescription>? Members { get; init; }

    /// <summary>How much each of the members counts.</summary>
    public ValueList<double>? Shares { get; init; }

    public static TrainedNetworkDescription Of(TrainedNetwork network) => new(
        network.Task.Name, network.Outputs, network.Architecture, network.Outcome.InputScaler?.Scaling ?? InputScaling.None, network.Recipe, network.Training,
        network.Input, network.History)
    {
        Imputation = network.Outcome.Imputation,
        Flags = network.Outcome.Flags is { Count: > 0 } flags ? flags : null,
        ScalingKnots = network.Outcome.InputScaler?.Quantiles?.Knots ?? 0,
        TargetScale = network.Outcome.TargetScale,
        Members = network.IsEnsemble ? [.. network.Members.Select(Of)] : null,
        Shares = network.IsEnsemble ? [.. network.Shares] : null,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options);

    /// <exception cref="FormatException">It is no description, or of no network that can be.</exception>
    public static TrainedNetworkDescription Read(IHost host, ModelStream stream, string checksum)
    {
        try
        {
            var description = StrictJson.Read<TrainedNetworkDescription>(stream.Read(checksum, MostBytes));
            DescriptionCheck.Check(host, description);
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
        foreach (var (i, member) in (Members ?? []).Index())
            tensors.Add(EnsembleParts.PrefixOf(i), member.TensorsIn(most));
        if (Members is not null)
            return tensors;

        if (InputScaling != InputScaling.None)
        {
            tensors.Add(InputScaler.CenterName, FilledInput.Numbers);
            tensors.Add(InputScaler.FactorName, FilledInput.Numbers);
            if (InputScaling == InputScaling.NormalQuantiles)
            {
                tensors.Add(QuantileTable.ValuesName, FilledInput.Numbers, ScalingKnots);
                tensors.Add(QuantileTable.ScoresName, FilledInput.Numbers, ScalingKnots);
            }
        }

        Architecture.ListTensors(tensors, FilledInput, Outputs);
        return tensors;
    }
}
