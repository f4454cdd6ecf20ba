using System.Globalization;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Keeps the state of a cohort between rounds, and where it is interrupted.</summary>
/// <param name="channel">Receives messages.</param>
/// <param name="checkpoint">Where the state is kept.</param>
/// <param name="cohort">The cohort.</param>
/// <param name="whole">What it is a part of, whose state is kept with it; itself where it is alone.</param>
internal sealed class CohortCheckpoint(IChannel channel, RunCheckpoint checkpoint, Cohort cohort, ICheckpointed whole)
{
    /// <summary>Goes on from the state that was found, if there is one.</summary>
    public void Restore(torch.Device device)
    {
        if (!checkpoint.TryRestore(channel, whole, device))
            return;
        var running = cohort.Members.Count(member => member.IsRunning);
        channel.Info(running > 0
            ? $"Going on from the checkpoint in '{checkpoint.Options.Folder}': {cohort.Rounds} epochs are done, and {running} networks are trained further."
            : $"The run in '{checkpoint.Options.Folder}' has ended: its checkpoint gives the model without training.");
    }

    public void AfterRound(bool isLast)
    {
        // Networks that all diverged at once would do so again.
        if (!cohort.Members.Any(member => member.IsRunning || member.Outcome is not null))
            return;
        if (isLast || cohort.Rounds % checkpoint.Options.EveryEpochs == 0)
            Write();
    }

    /// <summary>An interrupted run resumes from here, with a fresh time limit.</summary>
    public void AtEnd(StopReason? interruption)
    {
        if (interruption is null)
            return;
        if (interruption == StopReason.TimeLimit)
            cohort.Members[0].Plan.Settings.Watch.Clock.Restart();
        Write();
    }

    private void Write()
    {
        try
        {
            checkpoint.Write(whole);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            channel.Warning(string.Create(
                CultureInfo.InvariantCulture,
                $"A checkpoint could not be written into '{checkpoint.Options.Folder}', and the one before stays: {exception.Message}"));
        }
    }
}
