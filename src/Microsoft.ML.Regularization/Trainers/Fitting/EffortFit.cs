using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Fits an effort to the rows: see <see cref="NeuralNetworkOptions.Effort"/>.</summary>
internal static class EffortFit
{
    /// <summary>The setup for such features: with a perceptron where those are too many for the network of the effort.</summary>
    public static TrainerSetup For(TrainerSetup setup, IChannel channel, TrainingColumns columns)
    {
        var features = columns.Input.Features?.Type as VectorDataViewType;
        if (!EffortPlan.Applies(setup.Options) || EffortPlan.Suits(features))
            return setup;
        channel.Info(
            $"Column '{columns.InputName}', {features}, is no table of at most {EffortPlan.MostNumbers} numbers, which Effort {setup.Options.Effort} is for: a perceptron is "
            + $"trained. Set {nameof(NeuralNetworkOptions.Architecture)} to choose.");
        return setup.Of(setup.Options with { Architecture = new MlpArchitecture() });
    }

    /// <summary>The setup with as many networks as the rows are worth, whose plan does not go by the rows yet. Validation rows that the trainer set aside join the others where folds take their place.</summary>
    /// <param name="setup">The trainer's.</param>
    /// <param name="channel">Is told how many there are.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="data">The rows, read.</param>
    /// <param name="isValidated">Whether the fit was given validation rows.</param>
    /// <param name="goesOn">Whether it goes on from a network.</param>
    /// <param name="watch">Tells when the fit is to end.</param>
    public static TrainerSetup Networks(
        TrainerSetup setup, IChannel channel, IDataView view, TrainingColumns columns, TrainingSet data, bool isValidated, bool goesOn, FitWatch watch)
    {
        var options = setup.Options;
        if (goesOn || options is not { Members: null, Folds: null } || !EffortPlan.Applies(options) || setup.Plan.Architecture is not RealMlpArchitecture)
            return setup;

        var rows = data.Training.Count + data.Validation.Count;
        var input = columns.Input.Layout;
        if (!data.IsStreaming)
            input = input with { Flags = [.. FlagSearch.NumbersOf(data, input, watch)] };
        var networks = EffortPlan.NetworksFor(options.Effort, rows, input, data.Target.ClassCount, MayFold());
        if (networks.Folds is not null && !data.TryMergeValidation())
            networks = EffortPlan.NetworksFor(options.Effort, rows, input, data.Target.ClassCount, mayFold: false);
        channel.Info(
            $"Effort {options.Effort} trains {networks} on {rows} rows. Set {nameof(options.Members)}, {nameof(options.Folds)} or {nameof(options.Pack)} to choose.");
        return setup.With(networks);

        bool MayFold() =>
            !isValidated && options is { ValidationSet: null, ValidationFraction: null } && columns.Mark is null && !data.IsStreaming
            && !Upstream.Of(view).OfType<AugmentedView>().Any() && HasEach();

        // Each fold should show each class.
        bool HasEach() => data.Target.ClassCount is null
            || data.TrainingSummary.Classes.ShownMasses().Where(mass => mass > 0).All(mass => mass >= EffortPlan.Folds);
    }
}
