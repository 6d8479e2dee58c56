/*
 * Reads a link again and again by rtnetlink, as a small C program does it, and prints how many
 * nanoseconds one reading took. Arguments: number of the interface, how often.
 */
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct request {
  struct nlmsghdr header;
  struct ifinfomsg link;
  struct rtattr mask;
  unsigned without_statistics;
};

static char answer[32768];

static unsigned attributes_of(const struct nlmsghdr *message) {
  int left = message->nlmsg_len - NLMSG_LENGTH(sizeof(struct ifinfomsg));
  struct rtattr *attribute = IFLA_RTA(NLMSG_DATA(message));
  struct rtattr *found[IFLA_MAX + 1] = {0};
  unsigned count = 0;
  for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
    unsigned type = attribute->rta_type & NLA_TYPE_MASK;
    if (type <= IFLA_MAX) {
      found[type] = attribute;
    }
  }
  for (unsigned type = 0; type <= IFLA_MAX; type++) {
    count += found[type] != NULL;
  }
  return count;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    return 2;
  }
  int index = atoi(argv[1]);
  long times = atol(argv[2]);
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  if (fd < 0 || bind(fd, (struct sockaddr *)&kernel, sizeof(kernel)) < 0) {
    return 1;
  }
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (long i = 0; i < times; i++) {
    struct request request = {
        .header = {.nlmsg_len = sizeof(request),
                   .nlmsg_type = RTM_GETLINK,
                   .nlmsg_flags = NLM_F_REQUEST,
                   .nlmsg_seq = i + 1},
        .link = {.ifi_index = index},
        .mask = {.rta_len = RTA_LENGTH(sizeof(unsigned)), .rta_type = IFLA_EXT_MASK},
        .without_statistics = RTEXT_FILTER_SKIP_STATS};
    if (send(fd, &request, sizeof(request), 0) != sizeof(request)) {
      return 1;
    }
    int links = 0;
    ssize_t length = recv(fd, answer, sizeof(answer), 0);
    if (length < 0) {
      return 1;
    }
    struct nlmsghdr *message = (struct nlmsghdr *)answer;
    for (; NLMSG_OK(message, length); message = NLMSG_NEXT(message, length)) {
      links += message->nlmsg_type == RTM_NEWLINK && attributes_of(message) > 0;
    }
    if (links != 1) {
      return 1;
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  double nanos = (end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec);
  printf("%.0f\n", nanos / times);
  close(fd);
  return 0;
}
