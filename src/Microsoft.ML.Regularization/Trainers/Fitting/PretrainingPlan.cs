using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>A pre-training as a fit of rows without labels: see <see cref="PretrainingOptions"/>.</summary>
internal static class PretrainingPlan
{
    private const int RowsOfTables = 256;
    private const int RowsOfTexts = 64;

    /// <summary>The setup of the run.</summary>
    /// <param name="trainer">The trainer's.</param>
    /// <param name="pretraining">How the rows are learned.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is none for rows without labels, or the network cannot learn of them.</exception>
    public static TrainerSetup Of(TrainerSetup trainer, PretrainingOptions pretraining)
    {
        var (context, options, architecture) = (trainer.Host, trainer.Options, trainer.Plan.Architecture);
        Check(context, pretraining, options);
        var readsTexts = architecture.Takes == NetworkInputs.Texts;
        var task = pretraining.Task ?? (readsTexts ? new MaskedTokenTask() : new DenoisingTask());
        task.Validate(context);
        if (task.WhyNot(architecture) is { } why)
            throw context.ExceptUserArg(nameof(options.Architecture), $"Architecture is {architecture}, {why}: it cannot be pre-trained by {task}.");
        if (pretraining.BatchSize is { } rows)
            context.CheckAtLeast(rows, nameof(pretraining.BatchSize), task.NeedsTwoRows ? 2 : 1);
        return trainer.ForPretraining(task, options with
        {
            LabelColumnName = SelfSupervisedTask.LabelName,
            ExampleWeightColumnName = null,
            Architecture = task.WithHead(architecture),
            Recipe = pretraining.Recipe,
            Optimizer = pretraining.Optimizer ?? options.Optimizer,
            LearningRate = pretraining.LearningRate ?? (architecture is RealMlpArchitecture ? 0.01 : 0.003),
            Schedule = pretraining.Schedule ?? LearningRateSchedule.Cosine(warmUpFraction: 0.05),
            BatchSize = pretraining.BatchSize ?? (readsTexts ? RowsOfTexts : RowsOfTables),
            MaxEpochs = pretraining.MaxEpochs,
            DropsLastBatch = task.NeedsTwoRows,
            Checkpoints = pretraining.Checkpoints,
            Loss = null,
            ClassWeights = null,
            Calibration = null,
            ValidationSet = null,
            ValidationFraction = pretraining.Recipe.EarlyStopping is null ? 0 : null,
            Members = null,
            Folds = null,
            SamplingKeyColumnName = null,
            Pack = null,
            DistillInto = null,
            MultipliesSparseRows = false,
        });
    }

    private static void Check(IExceptionContext context, PretrainingOptions pretraining, NeuralNetworkOptions options)
    {
        if (options.Architecture is null)
            throw context.ExceptUserArg(nameof(options.Architecture), "Architecture is null: set it to the network that is to be pre-trained, which the fit that starts from it has too.");
        if (pretraining.Recipe is not { } recipe)
            throw context.ExceptUserArg(nameof(pretraining.Recipe), "Recipe must not be null.");
        Refuse(recipe.ManifoldMixup, nameof(recipe.ManifoldMixup));
        Refuse(recipe.AdversarialTraining, nameof(recipe.AdversarialTraining));
        if (options.Pretrained is { Made: not null } made)
            throw context.ExceptUserArg(nameof(options.Pretrained), $"Pretrained is {made.Place}, and pre-training starts anew, or from published weights: leave Pretrained null.");

        void Refuse(object? technique, string name)
        {
            if (technique is not null)
                throw context.ExceptUserArg(name, $"{name} is {technique}, which mixes rows or moves them by what their labels say, and rows of pre-training have none: leave it out.");
        }
    }
}
