using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Trains a neural network that classifies rows into two or more classes, by AdamW on the cross entropy, with the regularization of a
/// <see cref="RegularizationRecipe"/>.
/// </summary>
/// <remarks>
/// <para>Input columns: features (vector of float of known size), label (key, or vector of float with a probability for each class), and
/// optionally example weights (float).</para>
/// <para>Output columns: <c>Score</c> (vector of float: the probability of each class, named by its slot names) and <c>PredictedLabel</c>
/// (key with the values of the label).</para>
/// <para>Normalization required: yes. Caching required: no, rows are kept in memory. Packages required: Microsoft.ML.Regularization, and
/// TorchSharp-cpu or a TorchSharp-cuda package.</para>
/// </remarks>
public sealed class NeuralNetworkMulticlassTrainer
    : TrainerEstimatorBase<MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters>, NeuralNetworkMulticlassModelParameters>
{
    internal const string LoadName = "NeuralNetworkMulticlass";

    private readonly int _seed;

    internal NeuralNetworkMulticlassTrainer(IHostEnvironment env, NeuralNetworkOptions options)
        : base(
            Contracts.CheckRef(env, nameof(env)).Register(LoadName),
            TrainerUtils.MakeR4VecFeature(Checked(env, options).FeatureColumnName),
            TrainerUtils.MakeU4ScalarColumn(options.LabelColumnName),
            TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
    {
        Options = options;
        _seed = Seeds.Resolve(env, options.Seed);
    }

    /// <summary>The options this trainer was made with.</summary>
    public NeuralNetworkOptions Options { get; }

    /// <summary>What the trainer needs and offers.</summary>
    public override TrainerInfo Info { get; } = new(normalization: true, calibration: false, caching: false, supportValid: true);

    /// <summary>The kind of prediction.</summary>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    /// <summary>Trains on one set of rows and validates on another.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows; they go before every other source of validation rows.</param>
    public MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        TrainTransformer(trainData, validationData);

    /// <summary>Accepts key labels and soft labels.</summary>
    /// <param name="labelCol">The label column.</param>
    protected override void CheckLabelCompatible(SchemaShape.Column labelCol)
    {
        var isKey = labelCol.Kind == SchemaShape.Column.VectorKind.Scalar && labelCol.IsKey && labelCol.ItemType == NumberDataViewType.UInt32;
        if (!isKey && !IsSoft(labelCol))
            throw Host.ExceptSchemaMismatch(nameof(labelCol), "label", LabelColumn.Name, TrainingColumns.ExpectedLabel, labelCol.GetTypeString());
    }

    /// <summary>The columns that the model adds.</summary>
    /// <param name="inputSchema">The columns before the trainer.</param>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        inputSchema.TryFindColumn(LabelColumn.Name, out var label);
        var key = IsSoft(label)
            ? new SchemaShape.Column(
                label.Name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, ClassAnnotations.ToKeyShape(label.Annotations))
            : label;
        var keyValues = key.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues);
        return
        [
            new SchemaShape.Column(
                DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
                new SchemaShape(AnnotationUtils.AnnotationsForMulticlassScoreColumn(key))),
            new SchemaShape.Column(
                DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true,
                new SchemaShape(keyValues.Concat(AnnotationUtils.GetTrainerOutputAnnotation()))),
        ];
    }

    /// <summary>Trains the network.</summary>
    /// <param name="trainContext">The training rows and, where given, the validation rows.</param>
    protected override NeuralNetworkMulticlassModelParameters TrainModelCore(TrainContext trainContext)
    {
        Host.CheckValue(trainContext, nameof(trainContext));
        LibTorch.CheckAvailable(Host);
        using var channel = Host.Start("Training");

        var view = trainContext.TrainingSet.Data;
        var columns = new TrainingColumns(Host, view.Schema, FeatureColumn.Name, LabelColumn.Name, Options.ExampleWeightColumnName);
        var key = RandomKey.FromSeed(_seed).Derive(LoadName);
        var data = new TrainingData(Host, channel, view, columns, key);
        data.Load(trainContext.ValidationSet?.Data ?? Options.ValidationSet, Options.EffectiveValidationFraction);
        if (Options.Recipe.EarlyStopping is not null && data.Validation.Count == 0)
        {
            throw Host.ExceptUserArg(
                nameof(RegularizationRecipe.EarlyStopping),
                "EarlyStopping needs validation rows: put ml.Transforms.HoldOut into the pipeline, give a ValidationSet, or set ValidationFraction above 0.");
        }

        using var run = new TrainingRun(Host, channel, data, new TrainingSettings
        {
            Architecture = Options.Architecture,
            Recipe = Options.Recipe,
            MaxEpochs = Options.MaxEpochs,
            BatchSize = Options.BatchSize,
            LearningRate = Options.LearningRate,
            Schedule = Options.Schedule,
            Key = key,
            Device = LibTorch.ChooseDevice(Host, channel),
            Progress = Options.Progress,
            CancellationToken = Options.CancellationToken,
        });
        var (weights, history) = run.Train(channel);
        var network = new TrainedNetwork(Host, Options.Architecture, Options.Recipe, history, columns.FeatureCount, columns.ClassCount, weights);
        return new NeuralNetworkMulticlassModelParameters(Host, network);
    }

    /// <summary>Makes the transformer that scores.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="trainSchema">The columns of the training rows.</param>
    protected override MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters> MakeTransformer(
        NeuralNetworkMulticlassModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, ScoringSchema.Of(trainSchema, LabelColumn.Name), FeatureColumn.Name, LabelColumn.Name);

    private static NeuralNetworkOptions Checked(IHostEnvironment env, NeuralNetworkOptions options)
    {
        env.CheckValue(options, nameof(options));
        options.Validate(env);
        return options;
    }

    private static bool IsSoft(SchemaShape.Column label) =>
        label.Kind == SchemaShape.Column.VectorKind.Vector && label.ItemType == NumberDataViewType.Single && !label.IsKey;
}
