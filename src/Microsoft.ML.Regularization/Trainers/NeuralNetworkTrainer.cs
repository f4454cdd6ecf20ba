using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What the neural network trainers have in common: from rows to a trained network. Each task's trainer adds what its label is and what its model
/// scores.
/// </summary>
/// <typeparam name="TTransformer">The transformer that scores.</typeparam>
/// <typeparam name="TModel">The model inside it.</typeparam>
public abstract class NeuralNetworkTrainer<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class, INeuralNetwork
{
    private readonly LearningTaskKind _kind;
    private readonly string _loadName;
    private readonly int _seed;

    private protected NeuralNetworkTrainer(
        IHostEnvironment env, string loadName, LearningTaskKind kind, NeuralNetworkOptions options, Func<string, SchemaShape.Column> makeLabel)
        : base(
            Contracts.CheckRef(env, nameof(env)).Register(loadName),
            TrainerUtils.MakeR4VecFeature(Checked(env, kind, options).FeatureColumnName),
            makeLabel(options.LabelColumnName),
            TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
    {
        Options = options;
        _kind = kind;
        _loadName = loadName;
        _seed = Seeds.Resolve(env, options.Seed);
    }

    /// <summary>The options this trainer was made with.</summary>
    public NeuralNetworkOptions Options { get; }

    /// <summary>What the trainer needs and offers.</summary>
    public override TrainerInfo Info { get; } =
        new(normalization: false, calibration: false, caching: false, supportValid: true, supportIncrementalTrain: true);

    /// <summary>Trains on one set of rows and validates on another.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows; they go before every other source of validation rows.</param>
    public TTransformer Fit(IDataView trainData, IDataView validationData) => TrainTransformer(trainData, validationData);

    /// <summary>
    /// Goes on from the weights of a trained model, on the same or on other rows of the same columns: scaling of features and target is kept, optimizer
    /// and schedule start anew.
    /// </summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="previousModel">The model; the network must be of the trainer's architecture, features and classes. It stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model's network is another one.</exception>
    public TTransformer Fit(IDataView trainData, TModel previousModel)
    {
        Host.CheckValue(previousModel, nameof(previousModel));
        return TrainTransformer(trainData, initPredictor: (IPredictor)previousModel);
    }

    /// <summary>
    /// The learning-rate range test: takes training steps whose learning rate rises from step to step, until all are done, or the smoothed loss is four times
    /// its best, and tells how the loss changed (Smith, "Cyclical learning rates for training neural networks", 2017, section 3.3). The network it trains is
    /// thrown away; the trainer stays as it is, and <see cref="NeuralNetworkOptions.LearningRate"/> and <see cref="NeuralNetworkOptions.Schedule"/> play no
    /// part. The same seed and rows give the same curve. Cancellation and time limit end it with the steps so far.
    /// </summary>
    /// <remarks>
    /// Take the suggestion as the constant rate, or as the greatest one of a schedule. Optimizer, batch size and recipe matter: test with those that you
    /// train with. Rows pass the transforms before the trainer first: <c>trainer.FindLearningRate(transforms.Fit(train).Transform(train))</c>.
    /// </remarks>
    /// <param name="data">The training rows; those set aside for validation are left out.</param>
    /// <param name="range">The rates to try. Default: null, 100 steps from 1e-6 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A member of the range is out of its own; the message names it.</exception>
    public LearningRateCurve FindLearningRate(IDataView data, LearningRateRange? range = null)
    {
        Host.CheckValue(data, nameof(data));
        range ??= new LearningRateRange();
        range.Validate(Host, Options.Recipe.WeightDecay);
        LibTorch.CheckAvailable(Host);
        using var channel = Host.Start("Finding a learning rate");
        var rows = Load(channel, data, Columns(data), validationSet: null);
        using var run = new TrainingRun(Host, channel, rows, Settings(channel, previous: null));
        return new LearningRateTest(range).Run(run, channel);
    }

    /// <summary>Accepts the task's own label and, where the task has classes, vectors of their probabilities.</summary>
    /// <param name="labelCol">The label column.</param>
    protected sealed override void CheckLabelCompatible(SchemaShape.Column labelCol)
    {
        var expected = LabelColumn;
        var isHard = labelCol.Kind == expected.Kind && labelCol.IsKey == expected.IsKey && labelCol.ItemType == expected.ItemType;
        if (!isHard && !(_kind != LearningTaskKind.Regression && IsSoft(labelCol)))
        {
            throw Host.ExceptSchemaMismatch(
                nameof(labelCol), "label", LabelColumn.Name, LearningTask.ExpectedLabel(_kind), labelCol.GetTypeString());
        }
    }

    /// <summary>Trains the network.</summary>
    /// <param name="trainContext">The training rows and, where given, the validation rows and the model to go on from.</param>
    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        Host.CheckValue(trainContext, nameof(trainContext));
        LibTorch.CheckAvailable(Host);
        using var channel = Host.Start("Training");
        var view = trainContext.TrainingSet.Data;
        var columns = Columns(view);
        var previous = trainContext.InitialPredictor is { } predictor ? Previous((TModel)predictor, columns) : null;
        var data = Load(channel, view, columns, trainContext.ValidationSet?.Data);
        if (Options.Recipe.EarlyStopping is not null && data.Validation.Count == 0)
        {
            throw Host.ExceptUserArg(
                nameof(RegularizationRecipe.EarlyStopping),
                "EarlyStopping needs validation rows: put ml.Transforms.HoldOut into the pipeline, give a ValidationSet, or set ValidationFraction above 0.");
        }

        var settings = Settings(channel, previous);
        using var run = new TrainingRun(Host, channel, data, settings);
        var outcome = Retraining.Apply(Host, channel, data, settings, run.Train(channel));
        return CreateModel(new TrainedNetwork(Host, Options.Architecture, Options.Recipe, columns.FeatureCount, columns.Task.Outputs, outcome));
    }

    private protected abstract TModel CreateModel(TrainedNetwork network);

    private protected static bool IsSoft(SchemaShape.Column label) =>
        label.Kind == SchemaShape.Column.VectorKind.Vector && label.ItemType == NumberDataViewType.Single && !label.IsKey;

    private RandomKey Key => RandomKey.FromSeed(_seed).Derive(_loadName);

    private TrainingColumns Columns(IDataView view)
    {
        var columns = new TrainingColumns(Host, view.Schema, _kind, FeatureColumn.Name, LabelColumn.Name, Options.ExampleWeightColumnName);
        if (columns.Task.HasClasses && columns.Label.Type is VectorDataViewType soft)
            TaskChecks.CheckSoftLabels(Host, Options, soft.ToString());
        return columns;
    }

    private TrainingData Load(IChannel channel, IDataView view, TrainingColumns columns, IDataView? validationSet)
    {
        AugmentationNotices.ReportUnmixedEpochs(channel, view, Options.Recipe);
        var caching = Options.RowCaching with { Mode = Options.DataCaching, PoolRows = Options.ShufflePoolRows };
        var data = new TrainingData(Host, channel, view, columns, Key, Options.Recipe.Augmentations, caching, Options.CancellationToken);
        data.Load(validationSet ?? Options.ValidationSet, Options.EffectiveValidationFraction);
        return data;
    }

    private TrainingSettings Settings(IChannel channel, TrainingOutcome? previous) => new()
    {
        Architecture = Options.Architecture,
        Recipe = Options.Recipe,
        Loss = Options.Loss,
        ClassWeights = Options.ClassWeights,
        InputScaling = Options.InputScaling,
        Previous = previous,
        MaxEpochs = Options.MaxEpochs,
        BatchSize = Options.BatchSize,
        Optimizer = Options.Optimizer,
        LearningRate = Options.LearningRate,
        Schedule = Options.Schedule,
        Key = Key,
        Device = LibTorch.ChooseDevice(Host, channel),
        GradientTolerance = Options.GradientTolerance,
        TimeLimit = Options.TimeLimit,
        Progress = Options.Progress,
        CancellationToken = Options.CancellationToken,
    };

    private TrainingOutcome Previous(TModel model, TrainingColumns columns)
    {
        var network = model.Trained;
        Check(network.Architecture.Equals(Options.Architecture), $"is {network.Architecture}, but the trainer's Architecture is {Options.Architecture}");
        Check(network.Inputs == columns.FeatureCount, $"takes {network.Inputs} features, but column '{columns.Features.Name}' has {columns.FeatureCount}");
        Check(network.Outputs == columns.Task.Outputs, $"has {network.Outputs} classes, but column '{columns.Label.Name}' has {columns.Task.Outputs}");
        return network.Outcome;

        void Check(bool holds, string difference)
        {
            if (!holds)
                throw Host.ExceptUserArg("previousModel", $"The previous model's network {difference}.");
        }
    }

    private static NeuralNetworkOptions Checked(IHostEnvironment env, LearningTaskKind kind, NeuralNetworkOptions options)
    {
        env.CheckValue(options, nameof(options));
        options.Validate(env, kind);
        return options;
    }
}
