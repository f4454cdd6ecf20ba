using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Lets TorchSharp's native library load where libstdc++ is older than GCC 13, as on Debian 12 and Ubuntu 22.04. The library asks for
/// symbol version GLIBCXX_3.4.32, but no relocation refers to the one symbol behind it. Marking that single requirement weak
/// (VER_FLG_WEAK in .gnu.version_r) makes the dynamic linker accept its absence and changes nothing elsewhere.
/// </summary>
public sealed class LoosenLibTorchSharp : Task
{
    private const string Version = "GLIBCXX_3.4.32";
    private const ushort WeakFlag = 2;
    private const uint VersionNeedSection = 0x6ffffffe;

    /// <summary>The libraries; the metadata LoosenedPath says where each one's copy goes.</summary>
    [Required]
    public ITaskItem[] Files { get; set; }

    public override bool Execute()
    {
        foreach (var file in Files)
        {
            var image = File.ReadAllBytes(file.GetMetadata("FullPath"));
            var copy = file.GetMetadata("LoosenedPath");
            Log.LogMessage(MessageImportance.Normal, Loosen(image) ? "Marked {0} as weak in {1}." : "Nothing asks for {0} in {1}.", Version, copy);
            Directory.CreateDirectory(Path.GetDirectoryName(copy));
            File.WriteAllBytes(copy, image);
        }

        return !Log.HasLoggedErrors;
    }

    private static bool Loosen(byte[] image)
    {
        var isElf64LittleEndian = image.Length > 64 && BitConverter.ToUInt32(image, 0) == 0x464c457f && image[4] == 2 && image[5] == 1;
        if (!isElf64LittleEndian)
            return false;

        var sections = (int)BitConverter.ToUInt64(image, 40);
        var sectionSize = BitConverter.ToUInt16(image, 58);
        var sectionCount = BitConverter.ToUInt16(image, 60);
        for (var index = 0; index < sectionCount; index++)
        {
            var section = sections + index * sectionSize;
            if (BitConverter.ToUInt32(image, section + 4) != VersionNeedSection)
                continue;

            var strings = (int)BitConverter.ToUInt64(image, sections + (int)BitConverter.ToUInt32(image, section + 40) * sectionSize + 24);
            return LoosenNeeds(image, (int)BitConverter.ToUInt64(image, section + 24), (int)BitConverter.ToUInt32(image, section + 44), strings);
        }

        return false;
    }

    private static bool LoosenNeeds(byte[] image, int need, int needCount, int strings)
    {
        var changed = false;
        for (var index = 0; index < needCount; index++, need += (int)BitConverter.ToUInt32(image, need + 12))
        {
            var entry = need + (int)BitConverter.ToUInt32(image, need + 8);
            var entryCount = BitConverter.ToUInt16(image, need + 2);
            for (var n = 0; n < entryCount; n++, entry += (int)BitConverter.ToUInt32(image, entry + 12))
            {
                var flags = BitConverter.ToUInt16(image, entry + 4);
                if (NameAt(image, strings + (int)BitConverter.ToUInt32(image, entry + 8)) != Version || (flags & WeakFlag) != 0)
                    continue;

                BitConverter.GetBytes((ushort)(flags | WeakFlag)).CopyTo(image, entry + 4);
                changed = true;
            }
        }

        return changed;
    }

    private static string NameAt(byte[] image, int start)
    {
        return Encoding.ASCII.GetString(image, start, Array.IndexOf(image, (byte)0, start) - start);
    }
}
