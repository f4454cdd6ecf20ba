using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// TabM, in its smaller form (Gorishniy, Kotelnikov and Babenko, "TabM: advancing tabular deep learning with parameter-efficient ensembling", 2025): an ensemble of
/// multilayer perceptrons that share all hidden layers. Each member multiplies the embedded row by factors of its own, which makes it see the row differently, and
/// has an output layer of its own. Each is trained on its own loss, and the prediction is the mean of the members' probabilities or values, which is also what
/// validation and early stopping measure.
/// </summary>
/// <remarks>
/// <para>
/// Numbers of more than two values are embedded first, and categories too, as in <see cref="MlpArchitecture"/>; then for each hidden layer linear, activation, dropout; then linear to the
/// outputs. A member's factors start as one normal number for each feature, the same for all that the feature has become, or as -1 or 1 where numbers are not
/// embedded. Members see the same rows in a batch.
/// </para>
/// <para>
/// Options that are left null take the settings of the paper's package. <see cref="NeuralNetworkOptions.Optimizer"/>: Adam.
/// <see cref="NeuralNetworkOptions.LearningRate"/>: 0.002, constant. <see cref="NeuralNetworkOptions.BatchSize"/>: 256, and down to 32 where there are few rows.
/// <see cref="NeuralNetworkOptions.MaxEpochs"/>: 1000, which early stopping ends. <see cref="NeuralNetworkOptions.InputScaling"/>:
/// <see cref="InputScaling.NormalQuantiles"/>. <see cref="NeuralNetworkOptions.Recipe"/>: dropout 0.1, weight decay 0.0003, gradients clipped to norm 1, and the
/// weights of the best epoch, after which training waits for 16 more. The package has 32 members and layers of 512; the default here is an eighth of that work.
/// </para>
/// <para>
/// Work of a row: <c>Members</c> times that of the perceptron, in products of <c>Members</c> times as many rows. Parameters, for the width w of the embedded row:
/// <c>Members * w</c>, the hidden layers' <c>in * out + out</c>, and <c>Members * (in * out + out)</c> for the outputs.
/// </para>
/// </remarks>
[UnionCase("TabM")]
public sealed record TabMArchitecture : NetworkArchitecture
{
    /// <summary>Members of the ensemble, from 1 (one perceptron) to 256. Default: 16.</summary>
    public int Members { get; init; } = 16;

    /// <summary>
    /// Members that stay in the model, from 1 to <see cref="Members"/>: after training, those whose mean has the least loss on the validation rows (the logarithmic one for
    /// classes, the squared error for numbers), the best one first, then one after the other. The model is a network of so many members, smaller and faster; a few that were
    /// chosen are better than as many that were trained alone. It needs validation rows, and rules out <see cref="NeuralNetworkOptions.Members"/>,
    /// <see cref="NeuralNetworkOptions.Folds"/> and retraining on all rows, which null for <see cref="EarlyStopping.RetrainsOnAllRows"/> then leaves out. Probabilities are
    /// calibrated as those of the members that stay. Default: null, all of them.
    /// </summary>
    public int? KeptMembers { get; init; }

    /// <summary>Units of each hidden layer, from input to output, each from 1 to 65536, at least one layer. Default: 256, 256.</summary>
    public ValueList<int> HiddenSizes { get; init; } = [256, 256];

    /// <summary>Default: <see cref="Activation.ReLU"/>.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>What each number becomes; null for itself. Default: <see cref="PiecewiseLinearEmbedding"/> of 48 bins and size 16.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public NumericalEmbedding? NumericalEmbedding { get; init; } = new PiecewiseLinearEmbedding();

    /// <summary>
    /// Whether predictions are the mean of the members' probabilities, else of their values. Default: null, which means probabilities for classes and values for
    /// numbers.
    /// </summary>
    public bool? AveragesProbabilities { get; init; }

    internal override NetworkInputs Takes => NetworkInputs.Numbers | NetworkInputs.Categories;

    // Most of the work is in the products, of many rows each.
    internal override int TeamThreads => Activation == Activation.ReLU ? int.MaxValue : FewThreads;

    internal override Activation? HiddenActivation => Activation;

    internal override Capabilities Offers => Capabilities.NoisyLayers | Capabilities.MovableInputs | Capabilities.MixableStates;

    internal override NumericalEmbedding? UsedEmbedding => NumericalEmbedding;

    internal override bool NeedsTwoRowsPerBatch => false;

    /// <summary>The embedded row, and what each hidden layer gives.</summary>
    internal override int MixableStates => HiddenSizes.Count + 1;

    internal override TrainingDefaults DefaultsFor(bool hasClasses) => TabMDefaults.Value;

    internal override NetworkArchitecture ForTask(bool hasClasses) =>
        AveragesProbabilities is null ? this with { AveragesProbabilities = hasClasses } : this;

    /// <inheritdoc/>
    public override string ToString() => $"TabM({Members} members{(KeptMembers is { } kept ? $" of which {kept} stay" : "")}, {HiddenSizes}), {Activation}{NumericalEmbedding.Words(NumericalEmbedding)}";

    private protected override string Lack(Capabilities missing) => missing switch
    {
        Capabilities.MaskedWeights or Capabilities.LinearLayers => "whose linear layers have no noise on weights",
        _ => base.Lack(missing),
    };

    internal override void Validate(IExceptionContext context)
    {
        context.CheckBetween(Members, nameof(Members), 1, 256);
        if (KeptMembers is { } kept)
            context.CheckBetween(kept, nameof(KeptMembers), 1, Members);
        if (HiddenSizes is not { Count: > 0 })
            throw context.ExceptUserArg(nameof(HiddenSizes), "HiddenSizes must name at least one layer.");
        for (var layer = 0; layer < HiddenSizes.Count; layer++)
            context.CheckBetween(HiddenSizes[layer], $"{nameof(HiddenSizes)}[{layer}]", 1, 65536);
        context.CheckDefined(Activation, nameof(Activation));
        NumericalEmbedding?.Validate(context);
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        tensors.Categories(EmbeddingSize.TablesOf(input));
        tensors.Layers(Describe(input, outputs));
    }

    internal override bool ScoresInManagedCode => true;

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs) => TabMLayers.Describe(this, input, outputs);

    internal override int MemberCount => Members;

    internal override INetworkScorer CreateScorer(TrainedParts parts) => TabMLayers.Scorer(this, parts);

    internal override INetworkScorer CreateMemberScorer(TrainedParts parts) => TabMLayers.Scorer(this, parts, ofMembers: true);

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckMemory(nameof(HiddenSizes), input, outputs);
        return new TabMNetwork(this, input, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs)
    {
        double[] widths = [WidthOf(input), .. HiddenSizes];
        return NumericalEmbedding.WeightsOf(NumericalEmbedding, input) + EmbeddingSize.WeightsOf(input) + Members * (widths[0] + widths[^1] * outputs)
            + widths.Zip(widths.Skip(1)).Sum(layer => layer.First * layer.Second);
    }

    internal override (double Input, double Hidden, double Widest) UnitsOf(InputLayout input)
    {
        double members = Members;
        return (members * WidthOf(input), members * HiddenSizes.Sum(), members * Math.Max(WidthOf(input), HiddenSizes.Max()));
    }

    internal override double TableWeights(double values) => EmbeddingSize.OfTable(values);

    /// <summary>Numbers of a row behind the embeddings.</summary>
    internal int WidthOf(InputLayout input) => EmbeddingSize.WidthOf(input) + NumericalEmbedding.GrowthOf(NumericalEmbedding, input);
}
